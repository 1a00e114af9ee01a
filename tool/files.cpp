// SPDX-License-Identifier: GPL-2.0-or-later
#include "files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ipvsctl::tool {

namespace {

Error failure(const std::string &path, int code)
{
    return Error{Domain::usage, code, path + ": " + std::generic_category().message(code), {}};
}

class File {
public:
    explicit File(int fd) noexcept : fd_(fd) {}
    File(const File &) = delete;
    File &operator=(const File &) = delete;
    ~File() { (void)close(); }

    int fd() const noexcept { return fd_; }
    bool is_open() const noexcept { return fd_ >= 0; }
    bool close() noexcept
    {
        const int fd = fd_;
        fd_ = -1;
        return fd < 0 || ::close(fd) == 0;
    }

private:
    int fd_;
};

bool write_all(int fd, std::string_view text) noexcept
{
    while (!text.empty()) {
        const ssize_t size = ::write(fd, text.data(), text.size());
        if (size < 0 && errno != EINTR) {
            return false;
        }
        text.remove_prefix(static_cast<std::size_t>(size < 0 ? 0 : size));
    }
    return true;
}

// The file that a symbolic link leads to; the name itself where there is none yet.
std::string followed(const std::string &path)
{
    struct FreeText {
        void operator()(char *text) const noexcept { std::free(text); }
    };
    const std::unique_ptr<char, FreeText> real(::realpath(path.c_str(), nullptr));
    return real ? std::string(real.get()) : path;
}

std::string folder_of(const std::string &path)
{
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

// A device, a pipe, or a link that leads nowhere yet: nothing to be replaced by a file.
bool is_special(const std::string &path) noexcept
{
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0) {
        return !S_ISREG(status.st_mode);
    }
    return ::lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode);
}

// Of the old file, or as a shell would make one.
bool take_after(int fd, const std::string &path) noexcept
{
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0) {
        return ::fchown(fd, status.st_uid, status.st_gid) == 0 &&
               ::fchmod(fd, status.st_mode & 07777) == 0;
    }
    const mode_t mask = ::umask(0);
    (void)::umask(mask);
    return ::fchmod(fd, 0666 & ~mask) == 0;
}

// What it says of itself: 0 for a pipe, and it may become more.
std::size_t size_of(int fd) noexcept
{
    struct stat status {};
    return ::fstat(fd, &status) == 0 ? static_cast<std::size_t>(status.st_size) : 0;
}

// Fills a new file beside the old one and puts it in its place.
bool replace(const std::string &path, std::string &fresh, std::string_view text)
{
    File file(::mkostemp(fresh.data(), O_CLOEXEC));
    if (!file.is_open()) {
        fresh.clear();
        return false;
    }
    return write_all(file.fd(), text) && take_after(file.fd(), path) && ::fsync(file.fd()) == 0 &&
           file.close() && ::rename(fresh.c_str(), path.c_str()) == 0;
}

Result<void> write_through(const std::string &path, std::string_view text)
{
    File file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666));
    if (!file.is_open() || !write_all(file.fd(), text) || !file.close()) {
        return failure(path, errno);
    }
    return {};
}

} // namespace

Result<std::string> read_file(const std::string &path)
{
    const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open()) {
        return failure(path, errno);
    }
    std::string text;
    text.resize(size_of(file.fd()) + 1);
    std::size_t used = 0;
    for (;;) {
        constexpr std::size_t chunk = std::size_t{1} << 16;
        if (text.size() == used) {
            text.resize(std::max(text.size() * 2, chunk));
        }
        const ssize_t size = ::read(file.fd(), text.data() + used, text.size() - used);
        if (size < 0 && errno != EINTR) {
            return failure(path, errno);
        }
        if (size == 0) {
            text.resize(used);
            return text;
        }
        used += static_cast<std::size_t>(size < 0 ? 0 : size);
    }
}

Result<void> replace_file(const std::string &path, std::string_view text)
{
    if (is_special(path)) {
        return write_through(path, text);
    }
    const std::string target = followed(path);
    std::string fresh = target + ".XXXXXX";
    if (!replace(target, fresh, text)) {
        const int code = errno;
        if (!fresh.empty()) {
            (void)::unlink(fresh.c_str());
        }
        return failure(path, code);
    }
    // The new name is to outlive a crash, too.
    const File folder(::open(folder_of(target).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.is_open()) {
        (void)::fsync(folder.fd());
    }
    return {};
}

} // namespace ipvsctl::tool
