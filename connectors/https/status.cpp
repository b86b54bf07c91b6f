#include "connectors/https/status.hpp"

#include <algorithm>
#include <array>

#include <curl/curl.h>

namespace brygga::https {

using transfer::fault;

namespace {

constexpr long redirections = 300, client_errors = 400, server_errors = 500, beyond = 600;

fault of_client_error(long status) noexcept {
    switch (status) {
        case 401:
        case 407:  // a proxy's
            return fault::login;
        case 403:
        case 451:
            return fault::permission;
        case 404:
        case 410:
            return fault::not_found;
        case 405:
        case 406:
        case 411:
        case 417:
        case 426:
            return fault::not_supported;
        case 408:
            return fault::timed_out;
        case 412:  // the only condition that we set is that the name is free
            return fault::name_taken;
        case 413:
            return fault::too_large;
        case 421:
            return fault::bad_answer;
        case 423:
        case 425:
        case 429:
            return fault::try_later;
        default:
            return fault::refused_request;  // RFC 9110 section 15: an unknown one counts as 400
    }
}

fault of_server_error(long status) noexcept {
    switch (status) {
        case 501:
        case 505:
            return fault::not_supported;
        case 503:
            return fault::try_later;
        case 504:
            return fault::timed_out;
        case 507:
            return fault::no_space;
        case 511:  // something on the way wants a login
            return fault::bad_answer;
        default:
            return fault::server_failure;
    }
}

}  // namespace

fault fault_of_status(long status) noexcept {
    if (status < redirections || status >= beyond) return fault::bad_answer;
    if (status < client_errors) return fault::refused_request;  // redirections are not followed
    return status < server_errors ? of_client_error(status) : of_server_error(status);
}

fault fault_of_code(int code) noexcept {
    // clang-format off
    switch (static_cast<CURLcode>(code)) {
        case CURLE_COULDNT_RESOLVE_PROXY: case CURLE_COULDNT_RESOLVE_HOST:
            return fault::name_lookup;
        case CURLE_COULDNT_CONNECT: case CURLE_QUIC_CONNECT_ERROR: case CURLE_PROXY:
            return fault::unreachable;
        case CURLE_OPERATION_TIMEDOUT:
            return fault::timed_out;
        case CURLE_PARTIAL_FILE: case CURLE_GOT_NOTHING: case CURLE_SEND_ERROR: case CURLE_RECV_ERROR:
        case CURLE_SEND_FAIL_REWIND: case CURLE_SSL_CONNECT_ERROR: case CURLE_SSL_SHUTDOWN_FAILED: case CURLE_HTTP2_STREAM:
            return fault::cut;
        case CURLE_ABORTED_BY_CALLBACK:
            return fault::stopped;
        case CURLE_OK: case CURLE_WEIRD_SERVER_REPLY: case CURLE_HTTP2: case CURLE_HTTP3: case CURLE_BAD_CONTENT_ENCODING:
            return fault::bad_answer;
        case CURLE_UPLOAD_FAILED:
            return fault::server_failure;
        case CURLE_FAILED_INIT: case CURLE_WRITE_ERROR: case CURLE_READ_ERROR: case CURLE_OUT_OF_MEMORY:
        case CURLE_HTTP_POST_ERROR: case CURLE_AGAIN: case CURLE_NO_CONNECTION_AVAILABLE: case CURLE_RECURSIVE_API_CALL:
        case CURLE_UNRECOVERABLE_POLL:
            return fault::ours;
        case CURLE_PEER_FAILED_VERIFICATION: case CURLE_SSL_ISSUER_ERROR: case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
        case CURLE_SSL_INVALIDCERTSTATUS:
            return fault::certificate;
        case CURLE_SSL_CIPHER: case CURLE_USE_SSL_FAILED:
            return fault::no_common_method;
        case CURLE_LOGIN_DENIED: case CURLE_AUTH_ERROR: case CURLE_SSL_CLIENTCERT:
            return fault::login;
        case CURLE_SSL_CERTPROBLEM: case CURLE_SSL_ENGINE_NOTFOUND: case CURLE_SSL_ENGINE_SETFAILED:
        case CURLE_SSL_ENGINE_INITFAILED:
            return fault::own_secret;
        case CURLE_REMOTE_FILE_NOT_FOUND:
            return fault::not_found;
        case CURLE_REMOTE_ACCESS_DENIED:
            return fault::permission;
        case CURLE_REMOTE_FILE_EXISTS:
            return fault::name_taken;
        case CURLE_REMOTE_DISK_FULL:
            return fault::no_space;
        case CURLE_HTTP_RETURNED_ERROR: case CURLE_TOO_MANY_REDIRECTS:
            return fault::refused_request;
        case CURLE_FILESIZE_EXCEEDED:
            return fault::too_large;
        case CURLE_UNSUPPORTED_PROTOCOL: case CURLE_URL_MALFORMAT: case CURLE_NOT_BUILT_IN: case CURLE_FUNCTION_NOT_FOUND:
        case CURLE_BAD_FUNCTION_ARGUMENT: case CURLE_INTERFACE_FAILED: case CURLE_UNKNOWN_OPTION:
        case CURLE_SETOPT_OPTION_SYNTAX: case CURLE_SSL_CACERT_BADFILE: case CURLE_SSL_CRL_BADFILE:
            return fault::settings;
        case CURLE_RANGE_ERROR: case CURLE_BAD_DOWNLOAD_RESUME:
        // Of protocols that we do not speak, and no longer used.
        case CURLE_FTP_ACCEPT_FAILED: case CURLE_FTP_WEIRD_PASS_REPLY: case CURLE_FTP_ACCEPT_TIMEOUT:
        case CURLE_FTP_WEIRD_PASV_REPLY: case CURLE_FTP_WEIRD_227_FORMAT: case CURLE_FTP_CANT_GET_HOST:
        case CURLE_FTP_COULDNT_SET_TYPE: case CURLE_FTP_COULDNT_RETR_FILE: case CURLE_QUOTE_ERROR: case CURLE_FTP_PORT_FAILED:
        case CURLE_FTP_COULDNT_USE_REST: case CURLE_FILE_COULDNT_READ_FILE: case CURLE_LDAP_CANNOT_BIND:
        case CURLE_LDAP_SEARCH_FAILED: case CURLE_TFTP_NOTFOUND: case CURLE_TFTP_PERM: case CURLE_TFTP_ILLEGAL:
        case CURLE_TFTP_UNKNOWNID: case CURLE_TFTP_NOSUCHUSER: case CURLE_SSH: case CURLE_FTP_PRET_FAILED:
        case CURLE_RTSP_CSEQ_ERROR: case CURLE_RTSP_SESSION_ERROR: case CURLE_FTP_BAD_FILE_LIST: case CURLE_CHUNK_FAILED:
        case CURLE_OBSOLETE20: case CURLE_OBSOLETE24: case CURLE_OBSOLETE29: case CURLE_OBSOLETE32: case CURLE_OBSOLETE40:
        case CURLE_OBSOLETE44: case CURLE_OBSOLETE46: case CURLE_OBSOLETE50: case CURLE_OBSOLETE51: case CURLE_OBSOLETE57:
        case CURLE_OBSOLETE62: case CURLE_OBSOLETE75: case CURLE_OBSOLETE76: case CURL_LAST:
            return fault::not_supported;
    }
    // clang-format on
    return fault::not_supported;
}

fault refined(fault by_code, std::string_view text) noexcept {
    const auto says = [text](std::string_view what) { return text.find(what) != std::string_view::npos; };
    if (by_code == fault::settings && says("HTTP/0.9")) return fault::bad_answer;
    if (by_code != fault::cut) return by_code;
    constexpr std::array<std::string_view, 3> of_our_certificate = {"certificate", "unknown ca", "access denied"};
    constexpr std::array<std::string_view, 5> of_no_method = {"unsupported protocol", "no protocols available",
                                                              "alert protocol version", "alert handshake failure",
                                                              "alert insufficient security"};
    constexpr std::array<std::string_view, 2> of_no_tls = {"wrong version number", "http request"};
    if (says("alert") && std::any_of(of_our_certificate.begin(), of_our_certificate.end(), says)) return fault::login;
    if (std::any_of(of_no_method.begin(), of_no_method.end(), says)) return fault::no_common_method;
    if (std::any_of(of_no_tls.begin(), of_no_tls.end(), says)) return fault::bad_answer;
    return by_code;
}

}  // namespace brygga::https
