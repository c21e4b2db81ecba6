/*
 * check.h: the parts of terakoya check.
 */
#ifndef COMMAND_CHECK_H
#define COMMAND_CHECK_H

/* Print the routes as JSON; the exit status. */
int check_routes(void);

#endif
