#include "connectors/transfer/fault.hpp"

namespace brygga::transfer {

fault_info info(fault what) noexcept {
    switch (what) {
        case fault::name_lookup:
            return {what, "name-lookup", retry::again, reach::connection, "check the host's name and the name server"};
        case fault::refused_connection:
            return {what, "refused-connection", retry::again, reach::connection, "ask whether the server is up; check the port"};
        case fault::unreachable:
            return {what, "unreachable", retry::again, reach::connection, "check the network and the firewall"};
        case fault::timed_out:
            return {what, "timed-out", retry::again, reach::connection, "the server is slow or a firewall swallows packets"};
        case fault::cut:
            return {what, "cut", retry::again, reach::connection,
                    "the connection was lost; nothing is needed unless it happens again and again"};
        case fault::stopped:
            return {what, "stopped", retry::again, reach::connection, "it goes on at the next start"};
        case fault::try_later:
            return {what, "try-later", retry::again, reach::file, "the partner's server is busy"};
        case fault::no_space:
            return {what, "no-space", retry::again, reach::file, "tell the partner that its disk or our quota there is full"};
        case fault::server_failure:
            return {what, "server-failure", retry::again, reach::file, "ask the partner what its server's log says"};
        case fault::bad_answer:
            return {what, "bad-answer", retry::again, reach::file, "something else than a file server answers, or it is broken"};
        case fault::unproven:
            return {what, "unproven", retry::again, reach::file, "the server said yes and did not do it: tell the partner"};
        case fault::unanswered:
            return {what, "unanswered", retry::again, reach::connection, "the next attempt looks whether the file is there"};
        case fault::in_doubt:
            return {what, "in-doubt", retry::never, reach::file,
                    "ask the partner whether it has the file; brygga resend sends it again if not"};
        case fault::ours:
            return {what, "ours", retry::again, reach::file, "look at our own disk and folders"};
        case fault::host_key:
            return {what, "host-key", retry::never, reach::connection,
                    "ask the partner by another way whether it has a new key; put its fingerprint into the configuration"};
        case fault::certificate:
            return {what, "certificate", retry::never, reach::connection,
                    "ask the partner by another way whose certificate it has; an authority of its own belongs into ca_file"};
        case fault::no_common_method:
            return {what, "no-common-method", retry::never, reach::connection,
                    "the server offers only methods that are no longer safe"};
        case fault::login:
            return {what, "login", retry::never, reach::connection,
                    "ask the partner whether our user, key or certificate is in place"};
        case fault::own_secret:
            return {what, "own-secret", retry::never, reach::connection,
                    "look at the key file or the password's source in the configuration"};
        case fault::not_found:
            return {what, "not-found", retry::never, reach::file, "check the folder in the configuration against the partner's"};
        case fault::permission:
            return {what, "permission", retry::never, reach::file, "ask the partner for the right to this folder"};
        case fault::name_taken:
            return {what, "name-taken", retry::never, reach::file,
                    "another file has this name there: compare, then send under another name"};
        case fault::not_wanted:
            return {what, "not-wanted", retry::never, reach::file, "brygga status tells why the file is held"};
        case fault::not_supported:
            return {what, "not-supported", retry::never, reach::file,
                    "the server lacks what is needed; ask the partner for another way"};
        case fault::refused_request:
            return {what, "refused-request", retry::never, reach::file, "ask the partner why it says no"};
        case fault::no_recipient:
            return {what, "no-recipient", retry::never, reach::file, "the document goes by its next channel"};
        case fault::too_large:
            return {what, "too-large", retry::never, reach::file, "the file is beyond a limit"};
        case fault::settings:
            return {what, "settings", retry::never, reach::file, "correct the configuration"};
    }
    __builtin_unreachable();
}

std::optional<fault> fault_named(std::string_view name) noexcept {
    for (int each = 0; each <= static_cast<int>(last_fault); ++each)
        if (info(static_cast<fault>(each)).name == name) return static_cast<fault>(each);
    return std::nullopt;
}

}  // namespace brygga::transfer
