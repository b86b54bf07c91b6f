// Every code of libcurl and every HTTP status, each as one fault, and whether trying again can help.
#include <map>
#include <string>

#include <curl/curl.h>
#include <gtest/gtest.h>

#include "connectors/https/status.hpp"

namespace brygga::transfer::test {
namespace {

std::string told(fault what) {
    const fault_info about = info(what);
    EXPECT_FALSE(about.help.empty());
    return std::string(about.name) + (about.then == retry::again ? " again" : " never");
}

constexpr const char* of_each_code[] = {
    "bad-answer again",        // 0 ok
    "settings never",          // 1 unsupported protocol
    "ours again",              // 2 failed init
    "settings never",          // 3 url malformat
    "settings never",          // 4 not built in
    "name-lookup again",       // 5 couldnt resolve proxy
    "name-lookup again",       // 6 couldnt resolve host
    "unreachable again",       // 7 couldnt connect
    "bad-answer again",        // 8 weird server reply
    "permission never",        // 9 remote access denied
    "not-supported never",     // 10 ftp accept failed
    "not-supported never",     // 11 ftp weird pass reply
    "not-supported never",     // 12 ftp accept timeout
    "not-supported never",     // 13 ftp weird pasv reply
    "not-supported never",     // 14 ftp weird 227 format
    "not-supported never",     // 15 ftp cant get host
    "bad-answer again",        // 16 http2
    "not-supported never",     // 17 ftp couldnt set type
    "cut again",               // 18 partial file
    "not-supported never",     // 19 ftp couldnt retr file
    "not-supported never",     // 20 obsolete20
    "not-supported never",     // 21 quote error
    "refused-request never",   // 22 http returned error
    "ours again",              // 23 write error
    "not-supported never",     // 24 obsolete24
    "server-failure again",    // 25 upload failed
    "ours again",              // 26 read error
    "ours again",              // 27 out of memory
    "timed-out again",         // 28 operation timedout
    "not-supported never",     // 29 obsolete29
    "not-supported never",     // 30 ftp port failed
    "not-supported never",     // 31 ftp couldnt use rest
    "not-supported never",     // 32 obsolete32
    "not-supported never",     // 33 range error
    "ours again",              // 34 http post error
    "cut again",               // 35 ssl connect error
    "not-supported never",     // 36 bad download resume
    "not-supported never",     // 37 file couldnt read file
    "not-supported never",     // 38 ldap cannot bind
    "not-supported never",     // 39 ldap search failed
    "not-supported never",     // 40 obsolete40
    "settings never",          // 41 function not found
    "stopped again",           // 42 aborted by callback
    "settings never",          // 43 bad function argument
    "not-supported never",     // 44 obsolete44
    "settings never",          // 45 interface failed
    "not-supported never",     // 46 obsolete46
    "refused-request never",   // 47 too many redirects
    "settings never",          // 48 unknown option
    "settings never",          // 49 setopt option syntax
    "not-supported never",     // 50 obsolete50
    "not-supported never",     // 51 obsolete51
    "cut again",               // 52 got nothing
    "own-secret never",        // 53 ssl engine notfound
    "own-secret never",        // 54 ssl engine setfailed
    "cut again",               // 55 send error
    "cut again",               // 56 recv error
    "not-supported never",     // 57 obsolete57
    "own-secret never",        // 58 ssl certproblem
    "no-common-method never",  // 59 ssl cipher
    "certificate never",       // 60 peer failed verification
    "bad-answer again",        // 61 bad content encoding
    "not-supported never",     // 62 obsolete62
    "too-large never",         // 63 filesize exceeded
    "no-common-method never",  // 64 use ssl failed
    "cut again",               // 65 send fail rewind
    "own-secret never",        // 66 ssl engine initfailed
    "login never",             // 67 login denied
    "not-supported never",     // 68 tftp notfound
    "not-supported never",     // 69 tftp perm
    "no-space again",          // 70 remote disk full
    "not-supported never",     // 71 tftp illegal
    "not-supported never",     // 72 tftp unknownid
    "name-taken never",        // 73 remote file exists
    "not-supported never",     // 74 tftp nosuchuser
    "not-supported never",     // 75 obsolete75
    "not-supported never",     // 76 obsolete76
    "settings never",          // 77 ssl cacert badfile
    "not-found never",         // 78 remote file not found
    "not-supported never",     // 79 ssh
    "cut again",               // 80 ssl shutdown failed
    "ours again",              // 81 again
    "settings never",          // 82 ssl crl badfile
    "certificate never",       // 83 ssl issuer error
    "not-supported never",     // 84 ftp pret failed
    "not-supported never",     // 85 rtsp cseq error
    "not-supported never",     // 86 rtsp session error
    "not-supported never",     // 87 ftp bad file list
    "not-supported never",     // 88 chunk failed
    "ours again",              // 89 no connection available
    "certificate never",       // 90 ssl pinnedpubkeynotmatch
    "certificate never",       // 91 ssl invalidcertstatus
    "cut again",               // 92 http2 stream
    "ours again",              // 93 recursive api call
    "login never",             // 94 auth error
    "bad-answer again",        // 95 http3
    "unreachable again",       // 96 quic connect error
    "unreachable again",       // 97 proxy
    "login never",             // 98 ssl clientcert
    "ours again",              // 99 unrecoverable poll
};

TEST(curl_code, is_one_fault_each) {
    ASSERT_EQ(std::size(of_each_code), static_cast<std::size_t>(CURL_LAST)) << "a newer libcurl: sort what it adds";
    for (int code = 0; code < CURL_LAST; ++code)
        EXPECT_EQ(told(https::fault_of_code(code)), of_each_code[code]) << code << " " << curl_easy_strerror(CURLcode(code));
}

TEST(curl_code, that_only_a_newer_library_knows_is_final) {
    for (const int code : {static_cast<int>(CURL_LAST), 250, -1})
        EXPECT_EQ(told(https::fault_of_code(code)), "not-supported never") << code;
}

TEST(curl_code, that_says_little_is_told_by_its_text) {
    const std::pair<const char*, const char*> expected[] = {
        {"", "cut again"},
        {"OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to files.bank.example:443", "cut again"},
        {"OpenSSL SSL_connect: Connection reset by peer in connection to files.bank.example:443", "cut again"},
        {"OpenSSL SSL_read: error:0A000438:SSL routines::tlsv1 alert internal error, errno 0", "cut again"},
        {"error:0A00042E:SSL routines::tlsv1 alert protocol version", "no-common-method never"},
        {"error:0A000102:SSL routines::unsupported protocol", "no-common-method never"},
        {"error:0A000410:SSL routines::sslv3 alert handshake failure", "no-common-method never"},
        {"OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0", "login never"},
        {"OpenSSL SSL_read: error:0A000412:SSL routines::sslv3 alert bad certificate, errno 0", "login never"},
        {"OpenSSL SSL_read: error:0A000418:SSL routines::tlsv1 alert unknown ca, errno 0", "login never"},
        {"error:0A00010B:SSL routines::wrong version number", "bad-answer again"},
    };
    for (const auto& [text, fault_told] : expected)
        EXPECT_EQ(told(https::refined(fault::cut, text)), fault_told) << text;
    EXPECT_EQ(https::refined(fault::settings, "Received HTTP/0.9 when not allowed"), fault::bad_answer);
    EXPECT_EQ(https::refined(fault::settings, "Protocol \"http\" disabled"), fault::settings);
    EXPECT_EQ(https::refined(fault::certificate, "alert bad certificate"), fault::certificate) << "the code says enough";
}

TEST(http_status, is_one_fault_each) {
    // From here up to the next.
    const std::map<long, const char*> expected = {
        {-1, "bad-answer again"},        // no status of HTTP
        {300, "refused-request never"},  // to another address: not followed
        {400, "refused-request never"}, {401, "login never"},           {402, "refused-request never"},
        {403, "permission never"},      {404, "not-found never"},       {405, "not-supported never"},  // method
        {407, "login never"},                                                                          // a proxy's
        {408, "timed-out again"},       {409, "refused-request never"}, {410, "not-found never"},
        {411, "not-supported never"},  // length required
        {412, "name-taken never"},      {413, "too-large never"},       {414, "refused-request never"},
        {417, "not-supported never"},                                                                  // expectation
        {418, "refused-request never"}, {421, "bad-answer again"},                                     // misdirected
        {422, "refused-request never"}, {423, "try-later again"},                                      // locked
        {424, "refused-request never"}, {425, "try-later again"},       {426, "not-supported never"},  // upgrade required
        {427, "refused-request never"}, {429, "try-later again"},                                      // too many requests
        {430, "refused-request never"}, {451, "permission never"},                                     // for legal reasons
        {452, "refused-request never"}, {500, "server-failure again"},  {501, "not-supported never"},
        {502, "server-failure again"},  {503, "try-later again"},       {504, "timed-out again"},
        {505, "not-supported never"},   {506, "server-failure again"},  {507, "no-space again"},
        {508, "server-failure again"},  {511, "bad-answer again"},  // something on the way wants a login
        {512, "server-failure again"},  {600, "bad-answer again"},
    };
    for (long status = -1; status <= 1000; ++status) {
        const std::string must = std::prev(expected.upper_bound(status))->second;
        EXPECT_EQ(told(https::fault_of_status(status)), must) << status;
    }
}

}  // namespace
}  // namespace brygga::transfer::test
