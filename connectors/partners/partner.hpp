// Whom files are exchanged with, as the configuration says: [[tenant.partner]] with its [[tenant.partner.fetch]] and
// [[tenant.partner.send]]. `brygga config doc tenant.partner` prints every setting.
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
#include "connectors/kivra/client.hpp"
#include "connectors/mail/files.hpp"
#include "connectors/secrets/secret.hpp"
#include "connectors/sftp/session.hpp"
#include "connectors/timing/name_pattern.hpp"
#include "connectors/timing/schedule.hpp"
#include "connectors/transfer/fault.hpp"
#include "connectors/transfer/fetch.hpp"
#include "connectors/transfer/remote_files.hpp"

namespace brygga::partners {

// How far a visit to a partner came.
enum class visit_end : std::uint8_t {
    nothing_to_do,  // nobody was called
    done,
    not_now,      // something here is in the way: nobody was called
    not_reached,  // or not until the end
};

struct fetch_rule {
    std::string folder;
    timing::name_pattern names;
    bool unfinished_names = false;  // also those that mean unfinished files (transfer/poll.hpp)
    transfer::afterwards then = transfer::afterwards::remove;
    std::string done_folder;
    std::optional<timing::schedule> when;
    std::chrono::milliseconds quiet{2000};
};

struct send_rule {
    std::filesystem::path outbox;
    std::string folder;
    std::vector<std::string> formats;  // empty: anything, whatever our reader says of it
    std::optional<timing::schedule> when;
    std::optional<std::chrono::minutes> answered_within;
    bool in_order = false;  // none before those that were queued earlier for the folder
    std::string seal;       // customer number whose seal key seals what is sent; empty: nothing is sealed

    // Claimed and not yet queued; refused, with the reason beside it.
    [[nodiscard]] std::filesystem::path work() const { return outbox / ".brygga"; }
    [[nodiscard]] std::filesystem::path rejected() const { return outbox / "rejected"; }
};

struct partner {
    std::string id;
    std::variant<sftp::settings, https::settings, kivra::client_settings, mail::server_settings> server;  // without secrets
    secrets::secret_source passphrase, password, token;  // of Kivra the client's secret is the password
    secrets::secret_source message_key;                  // of the ids of a mail server's messages
    std::vector<fetch_rule> fetches;
    std::vector<send_rule> sends;
    std::uint32_t attempts = 20;
    std::chrono::milliseconds first_retry{30'000}, longest_retry{3'600'000};
};

// Whether a document that it takes has reached its recipient with that: no receipt follows.
[[nodiscard]] bool delivers_directly(const partner& of) noexcept;

// Why each secret or key file that is named cannot be read now, or be what it is for; nothing is connected.
[[nodiscard]] std::vector<std::string> missing_secrets(const partner& of);

// Ids of the messages that go to this mail server. Errors: io where its key cannot be read or is none.
[[nodiscard]] result<mail::message_ids> message_ids_of(const partner& server);

// With the secrets of this moment. own_secret when one cannot be read.
[[nodiscard]] transfer::outcome<std::unique_ptr<transfer::remote_files>> connect(const partner& to, std::stop_token stop);

}  // namespace brygga::partners
