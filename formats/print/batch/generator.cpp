#include "formats/print/batch/generator.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "formats/archive/zip_writer.hpp"
#include "formats/core/bankgiro.hpp"
#include "formats/core/sha256.hpp"
#include "formats/invented/payers.hpp"
#include "formats/print/batch/file_name.hpp"
#include "formats/print/batch/rules.hpp"
#include "formats/print/batch/totals.hpp"
#include "formats/print/batch/writer.hpp"
#include "formats/print/code_line/code_line.hpp"
#include "formats/print/pdf/plain_pdf.hpp"

namespace brygga::print::batch {

namespace {

using invented::random_numbers;

constexpr date default_day{std::chrono::year{2026}, std::chrono::November, std::chrono::day{30}};
constexpr std::string_view own_bankgiro = "9912346";
constexpr std::size_t payee_count = 400;
constexpr int days_to_dispatch = 2, days_to_pay = 30, days_too_few = 9;
constexpr std::string_view manifest_layout = "manifest";

// How the PDF of a document is.
struct letter {
    batch::document document;
    bool shows_other_line = false;  // a code line that is not its own
    bool has_foreign_font = false;
    bool has_other_bytes = false;  // than the manifest tells
};

std::string pdf_of(const letter& item) {
    pdf::plain_document made;
    made.pages.resize(item.document.file.pages);
    made.pages[0] = {{57, 780, fmt::format("{} {}", name(item.document.kind), item.document.number)}};
    if (item.document.payment && !item.document.payment->code_line.empty())
        made.pages[0].push_back({13, 48, item.document.payment->code_line});
    if (item.shows_other_line)
        made.pages[0].push_back(
            {13, 48, write_code_line({"7001234504", 123'450, std::string(own_bankgiro), giro::bankgiro}).value()});
    made.embeds_font = !item.has_foreign_font;
    return pdf::plain_pdf(made);
}

class batch_source {
 public:
    explicit batch_source(const generate_settings& what)
        : what_(what),
          day_(what.day.ok() ? what.day : default_day),
          giro_(what.receivers.empty() ? std::string(own_bankgiro) : what.receivers.front()),
          payees_(invented::payers(what.seed, payee_count)),
          random_(what.seed) {}

    header head() const {
        header made;
        made.batch_id = fmt::format("{}-INV-{:06}", format_ccyymmdd(day_), what_.seed % 1'000'000);
        made.created_at = format_iso_date(day_) + "T04:05:06Z";
        made.environment = what_.test_file ? environment::test : environment::prod;
        made.flow = flow::invoice;
        made.sender = {invented::with_check_digit("559900001"),
                       "Övningsbygdens Energi AB",
                       "ovningsbygden",
                       {{"Övningsbygdens Energi AB", "Box 100", "123 40 Övningsbygden"}, "SE"}};
        made.latest_dispatch = add_days(day_, days_to_dispatch);
        return made;
    }

    letter next() {
        const std::uint64_t no = ++made_;
        const bool bad = no * what_.bad_percent / 100 != (no - 1) * what_.bad_percent / 100;
        letter made = invoice(no);
        if (bad) {
            made.document.payment->due_date = add_days(day_, days_to_dispatch + days_too_few);
            made.document.print.postage = postage::economy;
        }
        return made;
    }

    // An invoice to a person, to Kivra and on paper, with a slip: whatever rule can be broken of it.
    letter one_more() {
        ++made_;
        letter made;
        base(made.document, made_, payees_.front());
        to_person(made.document);
        pay_by_slip(made.document, 10'000 + static_cast<std::int64_t>(made_));
        return made;
    }

 private:
    letter invoice(std::uint64_t no) {
        letter made;
        document& item = made.document;
        const invented::payer& to = payees_[random_.below(payees_.size())];
        base(item, no, to);
        item.file.pages = static_cast<std::uint32_t>(1 + random_.below(3));
        if (to.company) {
            item.recipient.party_type = party_type::organisation;
            item.recipient.identity_number = to.organisation;
        } else {
            to_person(item);
        }
        const auto ore = static_cast<std::int64_t>(5'000 + random_.below(500'000));
        const std::uint64_t kind = random_.below(10);
        if (kind == 0) {
            item.kind = document_kind::credit_invoice;
            item.payment = payment{-ore, due(), payment_method::none, {}, {}, {}, {}, {}};
        } else if (kind < 3) {
            item.payment = payment{ore, due(), payment_method::autogiro, {}, {}, {}, {}, {}};
        } else {
            pay_by_slip(item, ore);
        }
        return made;
    }

    void base(document& item, std::uint64_t no, const invented::payer& to) const {
        item.id = fmt::format("D{}{:07}", what_.seed % 1'000'000, no);
        item.number = fmt::format("{}", 70'000'000 + no);
        item.issue_date = day_;
        item.subject = "Faktura";
        item.recipient.customer_number = fmt::format("{}", 100'000 + no);
        item.recipient.name = to.name;
        item.recipient.postal_address = postal_address{
            {to.name, to.street,
             fmt::format("{} {} {}", to.postcode.substr(0, 3), to.postcode.substr(to.postcode.size() - 2), to.town)},
            "SE"};
        item.channels = {channel::kivra, channel::print};
        item.file = {fmt::format("docs/{}.pdf", item.id), 0, {}, 1};
    }

    void to_person(document& item) { item.recipient.identity_number = invented::personal_number(random_); }

    void pay_by_slip(document& item, std::int64_t ore) const {
        payment made;
        made.amount_ore = ore;
        made.due_date = due();
        made.method = payment_method::slip;
        made.account_type = account_type::bankgiro;
        made.account = giro_;
        made.reference_type = reference_type::ocr;
        made.reference = invented::ocr_reference(70'000'000 + made_);
        made.code_line = write_code_line({made.reference, ore, giro_, giro::bankgiro}).value();
        item.payment = made;
    }

    [[nodiscard]] date due() const { return add_days(day_, days_to_pay); }

    const generate_settings& what_;
    date day_;
    std::string giro_;
    std::vector<invented::payer> payees_;
    random_numbers random_;
    std::uint64_t made_ = 0;
};

// What is broken beside the documents.
struct other_faults {
    bool schema = false, totals = false;
};

void break_rule(rule which, batch_source& source, std::vector<letter>& letters, other_faults& others) {
    if (which == rule::R01 || which == rule::R04) {
        (which == rule::R01 ? others.schema : others.totals) = true;
        return;
    }
    letters.push_back(source.one_more());
    letter& item = letters.back();
    document& made = item.document;
    switch (which) {
        case rule::R03:
            item.has_other_bytes = true;
            break;
        case rule::R06:
            item.has_foreign_font = true;
            break;
        case rule::R07:
            made.kind = document_kind::letter;
            break;
        case rule::R08:
            made.subject.clear();
            break;
        case rule::R09: {
            char& last = made.recipient.identity_number.back();
            last = last == '9' ? '0' : static_cast<char>(last + 1);
            break;
        }
        case rule::R10:
            made.payment->amount_ore += 1;
            break;
        case rule::R11:
            made.payment =
                payment{made.payment->amount_ore, made.payment->due_date, payment_method::autogiro, {}, {}, {}, {}, {}};
            item.shows_other_line = true;
            break;
        case rule::R12:
            made.channels = {channel::print_forwarding, channel::print};
            break;
        case rule::R13:
            made.print.group_key = "G1";
            letters.push_back(source.one_more());
            letters.back().document.print.group_key = "G1";
            break;
        case rule::R14:
            made.payment->due_date = add_days(made.issue_date, days_to_dispatch + days_too_few);
            break;
        case rule::R16:
            made.channels = {channel::kivra};
            break;
        case rule::W01:
            made.recipient.name = "Łukasz Övningsson";
            break;
        case rule::R01:
        case rule::R02:
        case rule::R04:
        case rule::R05:
        case rule::R15:
        case rule::ratio:
            break;
    }
}

result<std::vector<rule>> rules_to_break(const generate_settings& what) {
    constexpr std::array never = {rule::R02, rule::R05, rule::R15, rule::ratio};
    constexpr std::array in_archives = {rule::R03, rule::R06, rule::R11};
    std::vector<rule> made;
    for (const std::string& each : what.faults) {
        const auto known = std::find_if(rules().begin(), rules().end(), [&](const rule_info& row) { return row.id == each; });
        if (known == rules().end()) return fail(error_code::invalid_argument, fmt::format("no rule is called {}", each));
        const auto which = static_cast<rule>(known->index);
        if (std::find(never.begin(), never.end(), which) != never.end())
            return fail(error_code::invalid_argument, fmt::format("no single print batch can break {}", each));
        if (what.layout == manifest_layout && std::find(in_archives.begin(), in_archives.end(), which) != in_archives.end())
            return fail(error_code::invalid_argument, fmt::format("no manifest alone can break {}", each));
        made.push_back(which);
    }
    return made;
}

result<void> check(const generate_settings& what) {
    const auto refuse = [](std::string text) { return fail(error_code::invalid_argument, std::move(text)); };
    if (what.count == 0) return refuse("a print batch has at least one document");
    if (what.count + 2 * what.faults.size() > max_generated_documents)
        return refuse(fmt::format("at most {} documents in one print batch", max_generated_documents));
    if (what.bad_percent > 100) return refuse("at most 100 percent of the documents can be bad");
    if (what.receivers.size() > 1) return refuse("the slips of a print batch are for one bankgiro number");
    if (!what.receivers.empty() && !write_code_line({"7001234504", 100, what.receivers.front(), giro::bankgiro}))
        return refuse("the receiver is no bankgiro number of 7 or 8 digits");
    const int year = what.day.ok() ? static_cast<int>(what.day.year()) : static_cast<int>(default_day.year());
    if (year < 1997 || year > 2106) return refuse("the day must lie between 1997 and 2106");
    return {};
}

struct made_batch {
    batch::manifest manifest;
    std::vector<letter> letters;
    other_faults others;
};

result<made_batch> make(const generate_settings& what) {
    if (auto sound = check(what); !sound) return tl::unexpected(std::move(sound.error()));
    const auto faults = rules_to_break(what);
    if (!faults) return tl::unexpected(faults.error());
    batch_source source(what);
    made_batch made;
    for (std::uint64_t i = 0; i < what.count; ++i)
        made.letters.push_back(source.next());
    for (const rule each : *faults)
        break_rule(each, source, made.letters, made.others);
    std::sort(made.letters.begin(), made.letters.end(),
              [](const letter& a, const letter& b) { return a.document.file.name < b.document.file.name; });
    made.manifest.header = source.head();
    for (letter& each : made.letters) {
        const std::string bytes = pdf_of(each);
        each.document.file.size = bytes.size();
        each.document.file.sha256 = sha256_hex(bytes);
        made.manifest.documents.push_back(each.document);
    }
    made.manifest.totals = totals_of(made.manifest.documents);
    if (made.others.totals) ++made.manifest.totals.pages;
    return made;
}

std::string manifest_of(const made_batch& item) {
    std::string bytes = write_manifest(item.manifest);
    constexpr std::string_view right = "<Flow>INVOICE<", wrong = "<Flow>ACCOUNT<";
    if (item.others.schema) bytes.replace(bytes.find(right), right.size(), wrong);
    return bytes;
}

}  // namespace

result<manifest> generated_manifest(const generate_settings& what) {
    auto made = make(what);
    if (!made) return tl::unexpected(std::move(made.error()));
    return std::move(made->manifest);
}

result<void> generate(const generate_settings& what, const output& to) {
    const auto made = make(what);
    if (!made) return tl::unexpected(made.error());
    const std::string manifest = manifest_of(*made);
    if (what.layout == manifest_layout) {
        to(manifest);
        return {};
    }
    archive::zip_writer out(to, *archive::dos_time_of(*local_time_of(made->manifest.header)));
    if (auto added = out.add("manifest.xml", manifest); !added) return added;
    for (const letter& each : made->letters) {
        std::string bytes = pdf_of(each);
        if (each.has_other_bytes) bytes.back() = ' ';
        if (auto added = out.add(each.document.file.name, bytes); !added) return added;
    }
    return out.finish();
}

}  // namespace brygga::print::batch
