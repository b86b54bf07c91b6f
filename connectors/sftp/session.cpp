#include "connectors/sftp/session.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <libssh/sftp.h>
#include <sys/socket.h>

#include "connectors/sftp/detail/login.hpp"
#include "connectors/sftp/status.hpp"
#include "connectors/transfer/tcp.hpp"

namespace brygga::sftp {

using transfer::failed;
using transfer::fault;
using transfer::outcome;
using transfer::remote_entry;
using transfer::remote_facts;

namespace {

// What every server must take (draft-ietf-secsh-filexfer-02 section 3), and enough requests under way to fill a long line.
constexpr std::uint32_t chunk_bytes = 32'768;
constexpr std::size_t most_reads_under_way = 16;
constexpr mode_t new_file_mode = 0640;

struct free_sftp {
    void operator()(sftp_session session) const noexcept { sftp_free(session); }
};
struct free_attributes {
    void operator()(sftp_attributes item) const noexcept { sftp_attributes_free(item); }
};
using attributes_handle = std::unique_ptr<sftp_attributes_struct, free_attributes>;

remote_facts facts_of(const sftp_attributes_struct& item) {
    return {item.type == SSH_FILEXFER_TYPE_REGULAR, item.size, static_cast<std::int64_t>(item.mtime)};
}

// The connection, and how its requests are timed and their failures told.
struct line {
    session_handle session;
    std::unique_ptr<sftp_session_struct, free_sftp> sftp;
    std::chrono::milliseconds answer_within{};
    transfer::watchdog watch;

    line(session_handle logged_in, int connection, std::chrono::milliseconds limit, std::stop_token stop)
        : session(std::move(logged_in)), answer_within(limit), watch(connection, std::move(stop)) {}

    void ask() {
        watch.expect_within(answer_within);
        if (sftp) sftp->errnum = SSH_FX_OK;  // or a request that fails without a status would have the last one's
    }

    // After a request that failed; `what` names it.
    [[nodiscard]] transfer::transfer_error why(std::string_view what) const {
        if (const auto barked = watch.barked()) return {*barked, fmt::format("{}: not answered", what)};
        if (!stands()) return {fault::cut, fmt::format("{}: the connection is gone", what)};
        const int number = sftp_get_error(sftp.get());
        if (!told_by_server(number)) {
            // Where the next answer begins nobody knows.
            ::shutdown(ssh_get_fd(session.get()), SHUT_RDWR);
            if (number > 0 && ssh_get_error_code(session.get()) == SSH_REQUEST_DENIED)
                return {fault::cut, fmt::format("{}: the server has closed the channel", what)};
            return {fault::bad_answer, fmt::format("{}: the answer makes no sense, and the connection is given up", what)};
        }
        const fault said = fault_of_number(static_cast<std::uint32_t>(number));
        return {said, fmt::format("{}: the server answers {} (SFTP status {})", what, info(said).name, number)};
    }

 private:
    // libssh sets numbers of its own too, for a channel that is closed or an answer that it cannot read. Only its texts tell them
    // from a status, the second of them for READDIR.
    [[nodiscard]] bool told_by_server(int number) const {
        const std::string_view text = ssh_get_error(session.get());
        return number > 0 && (text.starts_with("SFTP server") || text.starts_with("Unknown error status"));
    }

    // The server's SSH may live on when its SFTP has died.
    [[nodiscard]] bool stands() const {
        if (!sftp || ssh_is_connected(session.get()) == 0) return false;
        return ssh_channel_is_closed(sftp->channel) == 0 && ssh_channel_is_eof(sftp->channel) == 0;
    }
};

// Marks the time in which an answer is waited for.
class asking {
 public:
    explicit asking(line& on) : on_(on) { on_.ask(); }
    asking(const asking&) = delete;
    asking& operator=(const asking&) = delete;
    ~asking() { on_.watch.relax(); }

 private:
    line& on_;
};

// Closing is a request as well: it must not be waited for without end.
struct close_folder {
    line* on;
    void operator()(sftp_dir folder) const noexcept {
        const asking now(*on);
        sftp_closedir(folder);
    }
};
struct close_file {
    line* on;
    void operator()(sftp_file file) const noexcept {
        const asking now(*on);
        sftp_close(file);
    }
};
using folder_handle = std::unique_ptr<sftp_dir_struct, close_folder>;
using file_handle = std::unique_ptr<sftp_file_struct, close_file>;

class writer final : public transfer::remote_writer {
 public:
    writer(line& on, file_handle file) : on_(on), file_(std::move(file)) {}

    outcome<void> write(std::string_view bytes) override {
        const asking now(on_);
        while (!bytes.empty()) {
            const std::string_view part = bytes.substr(0, chunk_bytes);
            on_.ask();
            const ssize_t taken = sftp_write(file_.get(), part.data(), part.size());
            if (taken < 0) return tl::unexpected(on_.why("write"));
            if (taken == 0) return failed(fault::bad_answer, "write: nothing was taken");
            bytes.remove_prefix(static_cast<std::size_t>(taken));
        }
        return {};
    }

    outcome<void> finish() override {
        const asking now(on_);
        // Asked of servers that say they can: what is renamed afterwards should survive the partner's power cut.
        if (sftp_extension_supported(on_.sftp.get(), "fsync@openssh.com", "1") != 0 && sftp_fsync(file_.get()) < 0)
            return tl::unexpected(on_.why("sync"));
        if (sftp_close(file_.release()) != SSH_OK) return tl::unexpected(on_.why("close"));
        return {};
    }

 private:
    line& on_;
    file_handle file_;
};

// Asks for more and more chunks ahead. A server may answer with less than was asked for: then what was asked for behind it is at
// the wrong place and is asked for again.
class reader final : public transfer::remote_reader {
 public:
    reader(line& on, file_handle file, std::uint64_t offset) : on_(on), file_(std::move(file)), offset_(offset) {}

    outcome<std::size_t> read(std::span<char> into) override {
        if (used_ == filled_ && !ended_) {
            const auto more = fill();
            if (!more) return tl::unexpected(more.error());
        }
        const std::size_t given = std::min(into.size(), filled_ - used_);
        std::copy_n(buffer_.data() + used_, given, into.data());
        used_ += given;
        return given;
    }

 private:
    outcome<void> fill() {
        const asking now(on_);
        while (under_way_.size() < window_) {
            const int id = sftp_async_read_begin(file_.get(), chunk_bytes);
            if (id < 0) return tl::unexpected(on_.why("read"));
            under_way_.push_back(static_cast<std::uint32_t>(id));
        }
        const auto got = next(buffer_);
        if (!got) return tl::unexpected(got.error());
        used_ = 0;
        filled_ = *got;
        offset_ += *got;
        ended_ = *got == 0;
        if (*got != chunk_bytes) return ask_again();
        window_ = std::min(2 * window_, most_reads_under_way);
        return {};
    }

    outcome<std::size_t> next(std::span<char> into) {
        file_->eof = 0;  // or libssh leaves the answers behind the end unread, for every later request to look through
        const int got = sftp_async_read(file_.get(), into.data(), chunk_bytes, under_way_.front());
        under_way_.pop_front();
        if (got < 0) return tl::unexpected(on_.why("read"));
        return static_cast<std::size_t>(got);
    }

    outcome<void> ask_again() {
        std::array<char, chunk_bytes> unwanted;
        while (!under_way_.empty())
            if (const auto got = next(unwanted); !got) return tl::unexpected(got.error());
        if (sftp_seek64(file_.get(), offset_) < 0) return tl::unexpected(on_.why("seek"));
        return {};
    }

    line& on_;
    file_handle file_;
    std::uint64_t offset_;
    std::deque<std::uint32_t> under_way_;
    std::size_t window_ = 1;  // a small file is not asked for beyond its end
    std::array<char, chunk_bytes> buffer_;
    std::size_t used_ = 0, filled_ = 0;
    bool ended_ = false;
};

class session final : public transfer::remote_files, public transfer::staged_upload {
 public:
    explicit session(std::unique_ptr<line> on) : on_(std::move(on)) {}

    outcome<std::vector<remote_entry>> list(const std::string& folder) override {
        const asking now(*on_);
        const folder_handle at(sftp_opendir(on_->sftp.get(), folder.empty() ? "." : folder.c_str()), {on_.get()});
        if (!at) return tl::unexpected(on_->why("list"));
        std::vector<remote_entry> found;
        while (true) {
            on_->ask();
            const attributes_handle each(sftp_readdir(on_->sftp.get(), at.get()));
            if (!each) break;
            std::string name = each->name == nullptr ? "" : each->name;
            // A name that leads elsewhere is none of a file in this folder.
            if (name.empty() || name == "." || name == ".." || name.find('/') != std::string::npos) continue;
            if (found.size() == transfer::max_remote_entries)
                return failed(fault::too_large, fmt::format("the folder holds more than {} names", transfer::max_remote_entries));
            found.push_back({std::move(name), facts_of(*each)});
        }
        if (sftp_dir_eof(at.get()) == 0) return tl::unexpected(on_->why("list"));
        return found;
    }

    outcome<std::optional<remote_facts>> facts(const std::string& path) override {
        const asking now(*on_);
        const attributes_handle found(sftp_lstat(on_->sftp.get(), path.c_str()));
        if (found) return facts_of(*found);
        transfer::transfer_error why = on_->why("look");
        if (why.what == fault::not_found) return std::nullopt;
        return tl::unexpected(std::move(why));
    }

    outcome<std::unique_ptr<transfer::remote_writer>> write(const std::string& path, std::uint64_t offset) override {
        const asking now(*on_);
        const int how = O_WRONLY | (offset == 0 ? O_CREAT | O_TRUNC : 0);
        file_handle file(sftp_open(on_->sftp.get(), path.c_str(), how, new_file_mode), {on_.get()});
        if (!file) return tl::unexpected(on_->why("create"));
        if (offset != 0 && sftp_seek64(file.get(), offset) < 0) return tl::unexpected(on_->why("seek"));
        return std::make_unique<writer>(*on_, std::move(file));
    }

    outcome<std::unique_ptr<transfer::remote_reader>> read(const std::string& path, std::uint64_t offset) override {
        const asking now(*on_);
        file_handle file(sftp_open(on_->sftp.get(), path.c_str(), O_RDONLY, 0), {on_.get()});
        if (!file) return tl::unexpected(on_->why("open"));
        if (sftp_seek64(file.get(), offset) < 0) return tl::unexpected(on_->why("seek"));
        return std::make_unique<reader>(*on_, std::move(file), offset);
    }

    outcome<void> rename(const std::string& from, const std::string& to) override {
        const asking now(*on_);
        if (sftp_rename(on_->sftp.get(), from.c_str(), to.c_str()) != SSH_OK) return tl::unexpected(on_->why("rename"));
        return {};
    }

    outcome<void> remove(const std::string& path) override {
        const asking now(*on_);
        if (sftp_unlink(on_->sftp.get(), path.c_str()) != SSH_OK) return tl::unexpected(on_->why("remove"));
        return {};
    }

    transfer::upload_way uploads() noexcept override { return static_cast<transfer::staged_upload*>(this); }

 private:
    std::unique_ptr<line> on_;
};

constexpr std::string_view fingerprint_begin = "SHA256:";
constexpr std::size_t fingerprint_digits = 43;

bool is_base64(char each) noexcept {
    return (each >= 'A' && each <= 'Z') || (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') || each == '+' ||
           each == '/';
}

}  // namespace

bool is_fingerprint(std::string_view text) noexcept {
    if (text.substr(0, fingerprint_begin.size()) != fingerprint_begin) return false;
    text.remove_prefix(fingerprint_begin.size());
    return text.size() == fingerprint_digits && std::all_of(text.begin(), text.end(), is_base64);
}

outcome<std::unique_ptr<transfer::remote_files>> connect(const settings& with, std::stop_token stop) {
    auto connection = transfer::connect_tcp(with.host, with.port, with.connect_within, stop);
    if (!connection) return tl::unexpected(connection.error());
    const int number = connection->number();
    auto on = std::make_unique<line>(nullptr, number, with.answer_within, std::move(stop));
    on->watch.expect_within(with.connect_within);
    auto logged_in = log_in(with, std::move(*connection), on->watch);
    if (!logged_in) return tl::unexpected(logged_in.error());
    on->session = std::move(*logged_in);
    on->sftp.reset(sftp_new(on->session.get()));
    if (!on->sftp) return tl::unexpected(on->why("begin"));
    if (sftp_init(on->sftp.get()) != SSH_OK) return tl::unexpected(on->why("begin"));
    on->watch.relax();
    return std::make_unique<session>(std::move(on));
}

}  // namespace brygga::sftp
