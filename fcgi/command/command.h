/*
 * command.h: the subcommands of terakoya, one file each.
 *
 * Each gets the arguments behind its own name (argv[0] is the name) and
 * returns the process's exit status: 0 done, 1 it failed (one sentence on
 * standard error), 2 wrong usage or bad input.
 */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

int command_serve(int argc, char **argv);
int command_jobs(int argc, char **argv);
int command_migrate(int argc, char **argv);
int command_load(int argc, char **argv);
int command_analyse(int argc, char **argv);
int command_render(int argc, char **argv);
int command_import(int argc, char **argv);
int command_export(int argc, char **argv);
int command_user(int argc, char **argv);
int command_check(int argc, char **argv);

#endif
