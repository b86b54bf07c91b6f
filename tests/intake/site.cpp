#include "tests/intake/site.hpp"

#include <algorithm>
#include <regex>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "connectors/encryption/encrypted_file.hpp"
#include "formats/core/sha256.hpp"
#include "mapping/ledger/books.hpp"
#include "mapping/ledger/receivables.hpp"
#include "tests/inbound/bgmax_text.hpp"

namespace brygga::intake_test {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view tenant_id = "provbolaget";

template <class T>
T must(result<T> value) {
    if (!value) throw std::runtime_error(value.error().text);
    if constexpr (!std::is_void_v<T>) return std::move(*value);
}

std::string without_claims(const std::string& name) {
    const auto parsed = filedrop::parse_claimed_name(name);
    return parsed ? "CLAIM__" + parsed->escaped : name;
}

// What differs between two runs by nature: ids and times.
std::string stable_receipt(const std::string& text) {
    json object = json::parse(text);
    for (const auto* const key : {"claim", "file_id", "received_at", "log"})
        object.erase(key);
    if (object.contains("first_delivery")) object["first_delivery"] = "known";
    for (json& file : object["logical_files"])
        file["batch"] = file["batch"].is_null() ? "none" : "known";
    // A finding may name the batch that it compares with.
    static const std::regex id("\\b0[0-9A-HJKMNP-TV-Z]{12}\\b");
    return std::regex_replace(object.dump(), id, "ID");
}

void add_invoice(ledger::transaction& into, std::string_view number, std::string_view reference, std::int64_t amount_ore) {
    ledger::invoice item;
    item.number = number;
    item.customer_id = "K-1";
    item.reference = reference;
    item.issue_date = date{std::chrono::year{2026}, std::chrono::February, std::chrono::day{1}};
    item.due_date = add_days(item.issue_date, 30);
    item.total_ore = amount_ore;
    item.lines.push_back({ledger::utility::EL, "735999123000045676", "Elnät", amount_ore, {}});
    (void)must(ledger::post_invoice(into, item));
}

}  // namespace

std::string paid_file() {
    return inbound::test::bgmax_bytes(
        "written 2026-03-02 P\n"
        "section 9912346\n"
        "pay 849.50 ref=\"1000234706\" code=2 serial=313149850001\n"
        "name Exempelsson Åsa\n"
        "pay 1200.00 ref=\"Faktura 10002355 kund 987\" code=3 serial=313149850002\n"
        "text 654\n"
        "name Testström Nils\n"
        "deposit 2026-03-02 00041\n"
        "end\n");
}

std::string other_file() {
    return inbound::test::bgmax_bytes(
        "written 2026-03-03 P\n"
        "section 9912346\n"
        "pay 77.00 ref=\"2000000008\" code=2 serial=313149850003\n"
        "deposit 2026-03-03 00042\n"
        "end\n");
}

std::string held_file() {
    return inbound::test::bgmax_bytes(
        "written 2026-03-04 P\n"
        "section 9912346\n"
        "pay 10.00 ref=\"okänd\" code=3 serial=313149850004\n"
        "deposit 2026-03-04 00043\n"
        "section 9912346\n"
        "pay 20.00 ref=\"okänd\" code=3 serial=313149850005\n"
        "deposit 2026-03-04 00044 sum=21.00\n"
        "section 9912346\n"
        "pay 30.00 ref=\"okänd\" code=3 serial=313149850006\n"
        "deposit 2026-03-04 00045 sum=31.00\n"
        "end\n");
}

std::string truncated_file() {
    const std::string whole = inbound::test::bgmax_bytes(
        "written 2026-03-05 P\n"
        "section 9912346\n"
        "pay 55.00 ref=\"okänd\" code=3 serial=313149850007\n"
        "deposit 2026-03-05 00046\n"
        "end\n");
    return whole.substr(0, whole.rfind("\r\n70") + 2);
}

std::string sniff_for_test(std::string_view head) {
    if (head.starts_with("01BGMAX")) return "bgmax";
    for (const char* each : {"camt.053", "camt.054"})
        if (head.find(each) != std::string_view::npos) return each;
    return head.starts_with("PAIN") ? "pain.001" : "";
}

site::site(const fs::path& folder, bool fresh) {
    with = must(config::parse(
        fmt::format(
            "mode = 'production'\nstore = 'brygga.db'\noriginals = 'originals'\n[intake]\nquiet_ms = 0\nempty_quiet_ms = 0\n"
            "[[tenant]]\nid = '{}'\nname = 'Provbolaget AB'\nfolder = 'company'\n[[tenant.bankgiro]]\nnumber = '991-2346'\n"
            "ocr = {{level = 3}}\n[[tenant.route]]\nfrom = ['camt.053', 'camt.054']\nto = 'bgmax'\nfolder = 'outbox'\n",
            tenant_id),
        folder, "test.toml"));
    must(config::init_folders(with, filedrop::posix_file_system()));
    log = std::make_unique<logging::event_log>(
        must(logging::event_log::open({test_logs() / "intake.log", logging::log_level::debug})));
    store = must(ledger::open_sqlite_store(with.store.string(), clock));
    how.sniff = sniff_for_test;
    how.time = &clock;
    how.files = &files;
    how.log = log.get();
    how.sleep = [this](std::chrono::milliseconds time) { clock.now_ms += time.count(); };
    if (fs::exists(key_file())) use_key();
    if (fresh) seed();
}

void site::use_key() {
    with.original_keys = encryption::key_settings{"key-1", {{"key-1", {key_file(), {}, {}}}}};
}

void site::encrypt_originals() {
    put(key_file(), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n");
    fs::permissions(key_file(), fs::perms::owner_read);
    use_key();
}

// An encrypted file is other bytes each time.
std::string site::kept_form(const fs::path& original) const {
    const std::string bytes = get(original);
    const bool is_mark = original.parent_path().filename() == "keys";
    if (!encryption::is_encrypted(bytes, is_mark ? sha256_hex("") : original.filename().string())) return sha256_hex(bytes);
    const auto header = must(encryption::parse_header(bytes));
    if (is_mark) return "mark of " + header.key_id;
    const auto kept = must(intake::open_originals(filedrop::posix_file_system(), with.originals, with.original_keys));
    const auto proved = kept->prove({header.of.sha256, header.of.size_bytes});
    return fmt::format("{} with {}", proved ? header.of.sha256 : proved.error().text, header.key_id);
}

void site::seed() {
    const auto into = must(store->begin(tenant_id));
    ledger::customer customer;
    customer.customer_id = "K-1";
    customer.name = "Exempelsson Åsa";
    (void)must(into->put_customer(customer));
    add_invoice(*into, "10002347", "1000234706", 84950);
    add_invoice(*into, "10002355", "1000235505", 120000);
    must(into->commit());
}

intake::day_report site::run() {
    clock.now_ms += 1000;
    return intake::intake_once(with, *store, how);
}

intake::section_decision site::decision(std::string_view file, inbound::section_key section) const {
    return {std::string(tenant_id), std::string(file), section, "clerk-7", "the bank has confirmed the sum", {}};
}

result<intake::decision_outcome> site::release(std::string_view file, inbound::section_key section) {
    return intake::release(with, *store, how, decision(file, section));
}

result<intake::decision_outcome> site::refuse(std::string_view file, inbound::section_key section) {
    return intake::refuse(with, *store, how, decision(file, section));
}

std::vector<std::string> site::files_in(const fs::path& folder) {
    std::vector<std::string> out;
    for (const auto& each : fs::directory_iterator(folder)) {
        const std::string name = each.path().filename().string();
        if (name.front() != '.' && !name.ends_with(filedrop::receipt_ending)) out.push_back(name);
    }
    std::sort(out.begin(), out.end());
    return out;
}

std::string site::folders() const {
    std::vector<std::string> lines;
    for (const auto& top : {tenant().folder, with.originals}) {
        for (const auto& each : fs::recursive_directory_iterator(top)) {
            if (!each.is_regular_file()) continue;
            const std::string name = each.path().filename().string();
            const std::string shown =
                name.ends_with(filedrop::receipt_ending) ? stable_receipt(get(each.path())) : kept_form(each.path());
            lines.push_back(fs::relative(each.path().parent_path(), top.parent_path()).string() + "/" + without_claims(name) +
                            " " + shown);
        }
    }
    std::sort(lines.begin(), lines.end());
    return fmt::format("{}", fmt::join(lines, "\n"));
}

std::string site::books() {
    const auto in = must(store->begin_read(tenant_id));
    std::vector<std::string> lines;
    for (const ledger::exchanged_file& each : must(in->files_since(0)))
        lines.push_back(
            fmt::format("file {} {} {} {} {}", each.name, each.format, each.size_bytes, each.sha256, ledger::name(each.outcome)));
    for (const ledger::account_sum& each : must(in->account_sums()))
        lines.push_back(fmt::format("sum {} {} {}", ledger::name(each.of), each.currency, each.sum_ore.text()));
    std::sort(lines.begin(), lines.end());
    const ledger::proof proof = must(store->verify(tenant_id));
    lines.push_back(fmt::format("balanced {} chain {} faults {}", proof.balanced, proof.chain_intact, proof.faults.size()));
    std::ostringstream books;
    must(ledger::export_books(*in, books));
    return fmt::format("{}\n{}", fmt::join(lines, "\n"), books.str());
}

}  // namespace brygga::intake_test
