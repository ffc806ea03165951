/* A disk that says no: loaded before the C library (LD_PRELOAD), it refuses what would change a file below one folder.
   `refuse(number, from, last, kinds)` from the program itself, or REFUSE_ERRNO while the file REFUSE_FLAG is there. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITES = 1, CREATES = 2 };
static int number = 0, kinds = WRITES | CREATES;
static long first = 0, last = 0, calls = 0;

long refuse(int with, long from, long until, int which) {
  long before = calls;
  number = with, first = from, last = until, kinds = which, calls = 0;
  return before;
}

static int below(const char *path) {
  const char *folder = getenv("REFUSE_FOLDER");
  return folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

static int behind(int fd) {
  char link[64], path[PATH_MAX + 1];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t size = readlink(link, path, PATH_MAX);
  if (size <= 0) return 0;
  path[size] = 0;
  return below(path);
}

static int refused(int kind) {
  const char *flag = getenv("REFUSE_FLAG"), *with = getenv("REFUSE_ERRNO");
  if (flag && with && access(flag, F_OK) == 0) { errno = atoi(with); return 1; }
  if (!(kinds & kind)) return 0;
  calls++;
  if (!number || calls < first || calls > last) return 0;
  errno = number;
  return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define GUARD_FD(fd) if (behind(fd) && refused(WRITES)) return -1

ssize_t write(int fd, const void *data, size_t size) { GUARD_FD(fd); return REAL(write)(fd, data, size); }
ssize_t writev(int fd, const struct iovec *v, int n) { GUARD_FD(fd); return REAL(writev)(fd, v, n); }
ssize_t pwrite(int fd, const void *d, size_t s, off_t o) { GUARD_FD(fd); return REAL(pwrite)(fd, d, s, o); }
ssize_t pwrite64(int fd, const void *d, size_t s, off64_t o) { GUARD_FD(fd); return REAL(pwrite64)(fd, d, s, o); }
int ftruncate(int fd, off_t size) { GUARD_FD(fd); return REAL(ftruncate)(fd, size); }
int ftruncate64(int fd, off64_t size) { GUARD_FD(fd); return REAL(ftruncate64)(fd, size); }
int posix_fallocate(int fd, off_t o, off_t s) { if (behind(fd) && refused(WRITES)) return errno; return REAL(posix_fallocate)(fd, o, s); }
int fsync(int fd) { GUARD_FD(fd); return REAL(fsync)(fd); }
int fdatasync(int fd) { GUARD_FD(fd); return REAL(fdatasync)(fd); }

static int making(const char *path, int flags) {
  char whole[PATH_MAX + 1];
  if (!path) return 0;
  if (path[0] != '/') {
    if (!getcwd(whole, sizeof whole - strlen(path) - 2)) return 0;
    strcat(strcat(whole, "/"), path);
    path = whole;
  }
  if (!below(path)) return 0;
  if (flags & O_CREAT && access(path, F_OK) != 0) return refused(CREATES);
  return flags & (O_WRONLY | O_RDWR | O_TRUNC) && flags & O_TRUNC ? refused(WRITES) : 0;
}

#define OPENED(name) \
  int name(const char *path, int flags, ...) { \
    va_list rest; va_start(rest, flags); int mode = flags & O_CREAT ? va_arg(rest, int) : 0; va_end(rest); \
    return making(path, flags) ? -1 : REAL(name)(path, flags, mode); }
OPENED(open)
OPENED(open64)
#define OPENED_AT(name) \
  int name(int at, const char *path, int flags, ...) { \
    va_list rest; va_start(rest, flags); int mode = flags & O_CREAT ? va_arg(rest, int) : 0; va_end(rest); \
    return making(path, flags) ? -1 : REAL(name)(at, path, flags, mode); }
OPENED_AT(openat)
OPENED_AT(openat64)

int mkdir(const char *path, mode_t mode) { return making(path, O_CREAT) ? -1 : REAL(mkdir)(path, mode); }
int rename(const char *from, const char *to) { return below(to) && refused(CREATES) ? -1 : REAL(rename)(from, to); }
int link(const char *from, const char *to) { return below(to) && refused(CREATES) ? -1 : REAL(link)(from, to); }
