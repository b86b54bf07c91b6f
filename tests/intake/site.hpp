// An installation for tests: a configuration with one company, its folders, a ledger with a few open invoices, and the
// ways to look at all of it as text that two runs must agree on.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/intake/decisions.hpp"
#include "connectors/intake/intake.hpp"
#include "tests/intake/faulty_files.hpp"
#include "tests/intake/scratch_folder.hpp"
#include "tests/ledger/manual_clock.hpp"

namespace brygga::intake_test {

// Deliveries with a known meaning. Invoices 10002347 (849.50) and 10002355 (1200.00) are open.
[[nodiscard]] std::string paid_file();       // both invoices, one by OCR and one by text; archived
[[nodiscard]] std::string other_file();      // an unknown reference; archived
[[nodiscard]] std::string held_file();       // section 1 booked, sections 2 and 3 held (BGMAX-R32)
[[nodiscard]] std::string truncated_file();  // refused (BGMAX-R04)

// "bgmax" for what begins so, "camt.05N" where it is named, "pain.001" for "PAIN", nothing for anything else.
[[nodiscard]] std::string sniff_for_test(std::string_view head);

class site {
 public:
    // Without `seed` the ledger that is in the folder already is used as it is.
    explicit site(const std::filesystem::path& folder, bool seed = true);

    // From now on, and for each site of this folder that is made later.
    void encrypt_originals();
    void deliver(std::string_view name, std::string_view bytes) const { put(tenant().inbox() / name, bytes); }
    [[nodiscard]] intake::day_report run();
    [[nodiscard]] const config::tenant& tenant() const { return with.tenants.front(); }
    [[nodiscard]] result<intake::decision_outcome> release(std::string_view file, inbound::section_key section);
    [[nodiscard]] result<intake::decision_outcome> refuse(std::string_view file, inbound::section_key section);

    // Names in a folder, without receipts and point files.
    [[nodiscard]] static std::vector<std::string> files_in(const std::filesystem::path& folder);
    // Every file below the company's folder and the originals with a hash of its bytes, of the plain ones where it is encrypted;
    // claim ids and what follows from ids and times is left out.
    [[nodiscard]] std::string folders() const;
    // Files, account sums, the proof, and the books as export_books() writes them: no ids, no times.
    [[nodiscard]] std::string books();
    [[nodiscard]] std::string everything() { return folders() + "\n" + books(); }

    config::settings with;
    ledger::manual_clock clock;
    faulty_files files;
    std::unique_ptr<logging::event_log> log;
    intake::options how;
    std::unique_ptr<ledger::store> store;

 private:
    void seed();
    [[nodiscard]] std::filesystem::path key_file() const { return with.originals.parent_path() / "originals.key"; }
    void use_key();
    [[nodiscard]] std::string kept_form(const std::filesystem::path& original) const;
    [[nodiscard]] intake::section_decision decision(std::string_view file, inbound::section_key section) const;
};

}  // namespace brygga::intake_test
