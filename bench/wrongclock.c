/* A clock that is wrong by WRONG_BY_S seconds, for the program that this is preloaded into. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

static long wrong(void)
{
    static long by;
    static int known;
    if (!known) {
        const char *said = getenv("WRONG_BY_S");
        by = said ? atol(said) : 0;
        known = 1;
    }
    return by;
}

int clock_gettime(clockid_t id, struct timespec *now)
{
    static int (*right)(clockid_t, struct timespec *);
    if (!right)
        right = dlsym(RTLD_NEXT, "clock_gettime");
    int done = right(id, now);
    if (!done && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE))
        now->tv_sec += wrong();
    return done;
}

time_t time(time_t *into)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (into)
        *into = now.tv_sec;
    return now.tv_sec;
}

int gettimeofday(struct timeval *restrict into, void *restrict zone)
{
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    into->tv_sec = now.tv_sec;
    into->tv_usec = now.tv_nsec / 1000;
    return 0;
}
