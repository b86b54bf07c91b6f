// An SFTP server that goes wrong as it is told. sshd runs it; it runs OpenSSH's sftp-server and passes requests and answers one
// by one, until at the request that the script names it does something else.
//
//     sftp_liar SCRIPT REQUESTS SERVER ARGUMENT...
//
// SCRIPT is a file read anew at each request; a line says what to do, where, and a number for some (see lying_server.hpp).
// REQUESTS is a file that gets the name of each request, a line each. Requests are counted by these lines, whatever connection
// they came by: whoever writes the script empties it.
#include <array>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

namespace {

enum packet : std::uint8_t { open_request = 3, status = 101, data = 103, attributes = 105 };
constexpr std::size_t id_at = 1, after_id = 5;  // in a packet without its length
constexpr std::uint32_t beyond_any_limit = 0xffff'fff0;

const std::map<int, std::string_view> request_names = {
    {1, "INIT"},     {3, "OPEN"},     {4, "CLOSE"},   {5, "READ"},  {6, "WRITE"},   {7, "LSTAT"},     {8, "FSTAT"},
    {11, "OPENDIR"}, {12, "READDIR"}, {13, "REMOVE"}, {17, "STAT"}, {18, "RENAME"}, {200, "EXTENDED"}};

std::uint32_t number_at(std::string_view text, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i)
        number = number << 8 | static_cast<std::uint8_t>(text.at(at + i));
    return number;
}

std::string wire_number(std::uint32_t number) {
    return {static_cast<char>(number >> 24), static_cast<char>(number >> 16), static_cast<char>(number >> 8),
            static_cast<char>(number)};
}

bool read_all(int from, char* into, std::size_t size) {
    while (size > 0) {
        const ssize_t got = ::read(from, into, size);
        if (got <= 0) return false;
        into += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

// Without its length; nothing at the end.
std::optional<std::string> read_packet(int from) {
    std::string length(4, '\0');
    if (!read_all(from, length.data(), length.size())) return std::nullopt;
    std::string packet(number_at(length, 0), '\0');
    if (!read_all(from, packet.data(), packet.size())) return std::nullopt;
    return packet;
}

void write_all(int to, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(to, bytes.data(), bytes.size());
        if (written <= 0) ::_exit(1);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

std::string with_length(const std::string& packet) {
    return wire_number(static_cast<std::uint32_t>(packet.size())) + packet;
}

struct real_server {
    int to = -1, from = -1;

    explicit real_server(char** command) {
        std::array<int, 2> in{}, out{};
        if (::pipe(in.data()) != 0 || ::pipe(out.data()) != 0) ::_exit(1);
        const pid_t child = ::fork();
        if (child == 0) {
            ::dup2(in[0], STDIN_FILENO);
            ::dup2(out[1], STDOUT_FILENO);
            for (const int each : {in[0], in[1], out[0], out[1]})
                ::close(each);
            ::execv(command[0], command);
            ::_exit(127);
        }
        ::close(in[0]);
        ::close(out[1]);
        to = in[1];
        from = out[0];
    }

    [[nodiscard]] std::string answer(const std::string& request) const {
        write_all(to, with_length(request));
        const auto answered = read_packet(from);
        if (!answered) ::_exit(1);
        return *answered;
    }
};

struct order {
    std::string what = "pass";
    std::uint32_t number = 0;
};

// Notes the request, and tells what the script wants with it.
order order_for(const std::string& request, const char* script, const char* requests) {
    const auto known = request_names.find(static_cast<std::uint8_t>(request.at(0)));
    const std::string name(known == request_names.end() ? "OTHER" : known->second);
    std::ofstream(requests, std::ios::app) << name << '\n';
    std::size_t count = 0, count_of_kind = 0;
    std::ifstream seen(requests);
    for (std::string each; std::getline(seen, each); ++count)
        count_of_kind += each == name ? 1U : 0U;
    std::ifstream lines(script);
    order told;
    std::string where;
    for (std::string line; std::getline(lines, line);) {
        std::istringstream(line) >> told.what >> where >> told.number;
        const bool here =
            where == std::to_string(count) || where == name + ":" + std::to_string(count_of_kind) || where == name + ":*";
        if (here) return told;
    }
    return {};
}

// Until the connection ends.
[[noreturn]] void say_nothing() {
    std::array<char, 4096> ignored;
    while (::read(STDIN_FILENO, ignored.data(), ignored.size()) > 0) {
    }
    ::_exit(0);
}

// As by an operator: every process of this connection's sshd, which have a group of their own.
[[noreturn]] void kill_sshd() {
    ::kill(-::getpgid(::getppid()), SIGKILL);
    ::_exit(0);
}

std::string status_answer(const std::string& request, std::uint32_t number) {
    return char{status} + request.substr(id_at, 4) + wire_number(number) + std::string(8, '\0');  // no text, no language
}

// A WRITE without the second half of its bytes.
std::string half_of(const std::string& write) {
    const std::size_t length_at = after_id + 4 + number_at(write, after_id) + 8;
    const std::uint32_t half = number_at(write, length_at) / 2;
    return write.substr(0, length_at) + wire_number(half) + write.substr(length_at + 4, half);
}

// A READ of half as many bytes.
std::string fewer_of(const std::string& read) {
    return read.substr(0, read.size() - 4) + wire_number(number_at(read, read.size() - 4) / 2);
}

// An OPEN that makes the file which a RENAME names.
std::string opening_of(const std::string& rename) {
    const std::size_t to_at = after_id + 4 + number_at(rename, after_id);
    constexpr std::uint32_t write_and_create = 0x0a;
    return char{open_request} + std::string("take") + rename.substr(to_at) + wire_number(write_and_create) + wire_number(0);
}

std::string wrong_bytes(std::string answer) {
    if (answer.at(0) == char{data}) answer.back() = static_cast<char>(answer.back() ^ 1);
    return answer;
}

std::string of_size(std::string answer, std::uint32_t size) {
    if (answer.at(0) == char{attributes}) answer.replace(after_id + 4, 8, std::string(4, '\0') + wire_number(size));
    return answer;
}

std::string of_id(std::string answer) {
    return answer.replace(id_at, 4, wire_number(number_at(answer, id_at) + 1000));
}

// What goes to the client, length and all.
std::string lie(const order& told, const std::string& request, const real_server& server) {
    const auto done = [&] { return server.answer(request); };
    const std::map<std::string_view, std::function<std::string()>> lies = {
        {"pass", [&] { return with_length(done()); }},
        {"claim", [&] { return with_length(status_answer(request, 0)); }},
        {"status", [&] { return with_length(status_answer(request, told.number)); }},
        {"deny", [&] { return static_cast<void>(done()), with_length(status_answer(request, told.number)); }},
        {"half", [&] { return with_length(server.answer(half_of(request))); }},
        {"take", [&] { return static_cast<void>(server.answer(opening_of(request))), with_length(done()); }},
        {"fewer", [&] { return with_length(server.answer(fewer_of(request))); }},
        {"wrong", [&] { return with_length(wrong_bytes(done())); }},
        {"size", [&] { return with_length(of_size(done(), told.number)); }},
        {"id", [&] { return with_length(of_id(done())); }},
        {"type", [&] { return with_length(static_cast<char>(told.number) + done().substr(1)); }},
        {"crop", [&] { return with_length(done().substr(0, after_id + 2)); }},
        {"empty", [&] { return static_cast<void>(done()), wire_number(0); }},
        {"long", [&] { return wire_number(beyond_any_limit) + done(); }},
        {"partly", [&] { return with_length(done()).substr(0, 7); }},
        {"hang", [] { return std::string(); }},
    };
    return lies.at(told.what)();
}

void serve(const char* script, const char* requests, const real_server& server) {
    while (const auto request = read_packet(STDIN_FILENO)) {
        const order told = order_for(*request, script, requests);
        const std::string_view what = told.what;
        if (what == "end-before") return;
        if (what == "kill-before") kill_sshd();
        if (what == "end-after" || what == "kill-after") {
            static_cast<void>(server.answer(*request));
            if (what == "kill-after") kill_sshd();
            return;
        }
        write_all(STDOUT_FILENO, lie(told, *request, server));
        if (what == "partly" || what == "hang") say_nothing();
    }
}

}  // namespace

int main(int count, char** arguments) {
    constexpr int needed = 4;
    if (count < needed) return 2;
    ::signal(SIGPIPE, SIG_IGN);
    serve(arguments[1], arguments[2], real_server(arguments + 3));
    return 0;
}
