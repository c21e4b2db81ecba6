/*
 * limits.h: how much of anything a request may hold.
 *
 * nginx has limits of its own (nginx/terakoya.conf.in); these hold when
 * somebody speaks to the socket directly. More than this is 413 for sizes
 * and 400 for counts.
 */
#ifndef HTTP_LIMITS_H
#define HTTP_LIMITS_H

#define LIMIT_URI     2048              /* bytes of path and query */
#define LIMIT_BODY    (1024 * 1024)     /* bytes of a form */
#define LIMIT_UPLOAD  (8 * 1024 * 1024) /* bytes of a form with files */
#define LIMIT_FIELDS  2000              /* of a form or a query */
#define LIMIT_NAME    200               /* bytes of a field's name */
#define LIMIT_VALUE   (64 * 1024)       /* bytes of a field that is no file */
#define LIMIT_COOKIE  8192              /* bytes of the Cookie header */
#define LIMIT_COOKIES 50
#define LIMIT_PARAMS  8   /* :names in a route */
#define LIMIT_AGENT   200 /* bytes kept of User-Agent */
#define LIMIT_PARTS   200 /* bytes of a multipart boundary */

#endif
