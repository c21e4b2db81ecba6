/*
 * load_demo.h: the part of "terakoya load" that makes the demo programme.
 */
#ifndef COMMAND_LOAD_DEMO_H
#define COMMAND_LOAD_DEMO_H

/* argv[0] is "demo". Returns the exit status of the process. */
int load_demo_command(int argc, char **argv);

#endif
