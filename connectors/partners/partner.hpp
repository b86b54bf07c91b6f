// Whom files are exchanged with, as the configuration says ([[tenant.partner]]):
//
//     [[tenant.partner]]
//     id = "bank"
//     host = "sftp.bank.example"
//     port = 22
//     user = "energi"
//     host_keys = ["SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"]    # as ssh-keygen -lf prints them; never none
//     key_file = "secrets/bank.key"
//     passphrase = {file = "secrets/bank.pass"}                              # or {environment = "BANK_PASS"}
//     password = {environment = "BANK_PASSWORD"}
//     answer_within_ms = 60000
//     attempts = 20                                                          # of one file, before a person must look
//     first_retry_ms = 30000                                                 # doubled each time, up to
//     longest_retry_ms = 3600000
//     [[tenant.partner.fetch]]
//     folder = "out"                                                         # the partner's
//     names = "camt*.xml"                                                    # name_pattern.hpp; all when absent
//     then = "remove"                                                        # "move" (to = "done") or "leave"
//     when = "bankday every 15 min from 07:00 to 18:00"                      # schedule.hpp
//     quiet_ms = 2000                                                        # two looks so far apart agree
//     [[tenant.partner.send]]
//     outbox = "energi/outbox/bank"                                          # files laid here go to the partner
//     folder = "in"
//     formats = ["pain.001"]                                                 # what is sent must be one of these, without errors
//     when = "bankday every 5 min from 07:00 to 17:00"                       # when files go; at once when absent
//     answered_within_minutes = 120                                          # an alarm when the partner's answer is later
//
// Over HTTPS (connectors/https/session.hpp says what the server must speak) these stand in place of host to password:
//
//     protocol = "https"                                                     # "sftp" when absent
//     url = "https://files.bank.example/api"                                 # folders are below it
//     ca_file = "secrets/bank-ca.pem"                                        # who may have signed its certificate; the system's
//                                                                            # authorities when absent
//     certificate_file = "secrets/energi.pem"                                # ours, where the server wants one,
//     key_file = "secrets/energi.key"                                        # with its key
//     passphrase = {file = "secrets/energi.pass"}
//     user = "energi"                                                        # of HTTP Basic,
//     password = {environment = "BANK_PASSWORD"}                             # or
//     token = {environment = "BANK_TOKEN"}                                   # bearer
//
// and a fetch may remove or leave: such a server moves nothing.
//
// Secrets are read when a connection is made, so that a changed one needs no restart, and are never kept in the configuration.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

#include "connectors/https/session.hpp"
#include "connectors/sftp/session.hpp"
#include "connectors/timing/name_pattern.hpp"
#include "connectors/timing/schedule.hpp"
#include "connectors/transfer/fault.hpp"
#include "connectors/transfer/fetch.hpp"
#include "connectors/transfer/remote_files.hpp"

namespace brygga::partners {

// One of both, or neither: no secret.
struct secret_source {
    std::filesystem::path file;  // its first line
    std::string variable;        // of the environment
};

struct fetch_rule {
    std::string folder;
    timing::name_pattern names;
    transfer::afterwards then = transfer::afterwards::remove;
    std::string done_folder;
    std::optional<timing::schedule> when;
    std::chrono::milliseconds quiet{2000};
};

struct send_rule {
    std::filesystem::path outbox;
    std::string folder;
    std::vector<std::string> formats;  // empty: anything, unread
    std::optional<timing::schedule> when;
    std::optional<std::chrono::minutes> answered_within;

    // Claimed and not yet queued; refused, with the reason beside it.
    [[nodiscard]] std::filesystem::path work() const { return outbox / ".brygga"; }
    [[nodiscard]] std::filesystem::path rejected() const { return outbox / "rejected"; }
};

struct partner {
    std::string id;
    std::variant<sftp::settings, https::settings> server;  // without secrets
    secret_source passphrase, password, token;
    std::vector<fetch_rule> fetches;
    std::vector<send_rule> sends;
    std::uint32_t attempts = 20;
    std::chrono::milliseconds first_retry{30'000}, longest_retry{3'600'000};
};

// Why each secret or key file that is named cannot be read now; nothing is connected.
[[nodiscard]] std::vector<std::string> missing_secrets(const partner& of);

// With the secrets of this moment. own_secret when one cannot be read.
[[nodiscard]] transfer::outcome<std::unique_ptr<transfer::remote_files>> connect(const partner& to, std::stop_token stop);

}  // namespace brygga::partners
