/*
 * main.c: terakoya SUBCOMMAND. Finds the subcommand and runs it.
 */
#include <stdio.h>

int main(void)
{
	puts("terakoya");
	return 0;
}
