#include "formats/iso20022/pain/detail/structure.hpp"

#include <algorithm>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "formats/core/text.hpp"
#include "formats/iso20022/parts.hpp"
#include "formats/xml/reader.hpp"

namespace brygga::pain::detail {

namespace {

struct sequence;

struct child {
    std::string_view name;
    bool wanted = false;
    std::size_t most = 1;              // any_number: not limited
    const sequence* inside = nullptr;  // not looked into
    std::size_t longest = 0;           // characters of its text, 0: not limited
    std::uint16_t since = 0;
    std::uint16_t until = std::numeric_limits<std::uint16_t>::max();

    [[nodiscard]] constexpr bool in(std::uint16_t version) const noexcept { return since <= version && version <= until; }
};

struct sequence {
    std::span<const child> children;
    bool choice = false;  // exactly one of them
};

constexpr bool wanted = true;
constexpr bool optional = false;
constexpr std::size_t any_number = std::numeric_limits<std::size_t>::max();
constexpr std::size_t id_size = 35;
constexpr std::size_t text_size = 140;

// clang-format off
constexpr child code_or_own[] = {{"Cd", optional}, {"Prtry", optional, 1, nullptr, id_size}};
constexpr sequence code_or_own_choice{code_or_own, true};
constexpr child other_id[] = {{"Id", wanted, 1, nullptr, id_size}, {"SchmeNm", optional, 1, &code_or_own_choice}, {"Issr", optional, 1, nullptr, id_size}};
constexpr sequence other_id_sequence{other_id};
constexpr child organisation[] = {{"BICOrBEI", optional, 1, nullptr, 0, 0, 3}, {"AnyBIC", optional, 1, nullptr, 0, 4}, {"LEI", optional, 1, nullptr, 0, 9}, {"Othr", optional, any_number, &other_id_sequence}};
constexpr sequence organisation_sequence{organisation};
constexpr child person[] = {{"DtAndPlcOfBirth", optional}, {"Othr", optional, any_number, &other_id_sequence}};
constexpr sequence person_sequence{person};
constexpr child party_id[] = {{"OrgId", optional, 1, &organisation_sequence}, {"PrvtId", optional, 1, &person_sequence}};
constexpr sequence party_id_choice{party_id, true};
constexpr child party_elements[] = {{"Nm", optional, 1, nullptr, text_size}, {"PstlAdr", optional}, {"Id", optional, 1, &party_id_choice}, {"CtryOfRes", optional}, {"CtctDtls", optional}};
constexpr sequence party_sequence{party_elements};

constexpr child account_id[] = {{"IBAN", optional, 1, nullptr, 34}, {"Othr", optional, 1, &other_id_sequence}};
constexpr sequence account_id_choice{account_id, true};
constexpr child account_elements[] = {{"Id", wanted, 1, &account_id_choice}, {"Tp", optional}, {"Ccy", optional}, {"Nm", optional, 1, nullptr, 70}, {"Prxy", optional, 1, nullptr, 0, 9}};
constexpr sequence account_sequence{account_elements};

constexpr child clearing[] = {{"ClrSysId", optional, 1, &code_or_own_choice}, {"MmbId", wanted, 1, nullptr, id_size}};
constexpr sequence clearing_sequence{clearing};
constexpr child institution[] = {{"BIC", optional, 1, nullptr, 11, 0, 3}, {"BICFI", optional, 1, nullptr, 11, 4}, {"ClrSysMmbId", optional, 1, &clearing_sequence}, {"LEI", optional, 1, nullptr, 0, 9}, {"Nm", optional, 1, nullptr, text_size}, {"PstlAdr", optional}, {"Othr", optional}};
constexpr sequence institution_sequence{institution};
constexpr child agent_elements[] = {{"FinInstnId", wanted, 1, &institution_sequence}, {"BrnchId", optional}};
constexpr sequence agent_sequence{agent_elements};

constexpr child payment_type[] = {{"InstrPrty", optional}, {"SvcLvl", optional, any_number, &code_or_own_choice}, {"LclInstrm", optional, 1, &code_or_own_choice}, {"CtgyPurp", optional, 1, &code_or_own_choice}};
constexpr sequence payment_type_sequence{payment_type};
constexpr child payment_id[] = {{"InstrId", optional, 1, nullptr, id_size}, {"EndToEndId", wanted, 1, nullptr, id_size}, {"UETR", optional, 1, nullptr, 36, 9}};
constexpr sequence payment_id_sequence{payment_id};
constexpr child amount[] = {{"InstdAmt", optional}, {"EqvtAmt", optional}};
constexpr sequence amount_choice{amount, true};
constexpr child reference[] = {{"Tp", optional}, {"Ref", optional, 1, nullptr, id_size}};
constexpr sequence reference_sequence{reference};
constexpr child structured[] = {{"RfrdDocInf", optional, any_number}, {"RfrdDocAmt", optional}, {"CdtrRefInf", optional, 1, &reference_sequence}, {"Invcr", optional, 1, &party_sequence}, {"Invcee", optional, 1, &party_sequence}, {"TaxRmt", optional, 1, nullptr, 0, 9}, {"GrnshmtRmt", optional, 1, nullptr, 0, 9}, {"AddtlRmtInf", optional, 3, nullptr, text_size}};
constexpr sequence structured_sequence{structured};
constexpr child remittance[] = {{"Ustrd", optional, any_number, nullptr, text_size}, {"Strd", optional, any_number, &structured_sequence}};
constexpr sequence remittance_sequence{remittance};

constexpr child transfer_elements[] = {
    {"PmtId", wanted, 1, &payment_id_sequence},
    {"PmtTpInf", optional, 1, &payment_type_sequence},
    {"Amt", wanted, 1, &amount_choice},
    {"XchgRateInf", optional}, {"ChrgBr", optional}, {"ChqInstr", optional},
    {"UltmtDbtr", optional, 1, &party_sequence},
    {"IntrmyAgt1", optional, 1, &agent_sequence}, {"IntrmyAgt1Acct", optional, 1, &account_sequence},
    {"IntrmyAgt2", optional, 1, &agent_sequence}, {"IntrmyAgt2Acct", optional, 1, &account_sequence},
    {"IntrmyAgt3", optional, 1, &agent_sequence}, {"IntrmyAgt3Acct", optional, 1, &account_sequence},
    {"CdtrAgt", optional, 1, &agent_sequence}, {"CdtrAgtAcct", optional, 1, &account_sequence},
    {"Cdtr", optional, 1, &party_sequence},
    {"CdtrAcct", optional, 1, &account_sequence},
    {"UltmtCdtr", optional, 1, &party_sequence},
    {"InstrForCdtrAgt", optional, any_number}, {"InstrForDbtrAgt", optional},
    {"Purp", optional, 1, &code_or_own_choice},
    {"RgltryRptg", optional, 10}, {"Tax", optional}, {"RltdRmtInf", optional, 10},
    {"RmtInf", optional, 1, &remittance_sequence},
    {"SplmtryData", optional, any_number, nullptr, 0, 9},
};
constexpr sequence transfer_sequence{transfer_elements};

constexpr child day_or_moment[] = {{"Dt", optional}, {"DtTm", optional}};
constexpr sequence day_or_moment_choice{day_or_moment, true};
constexpr child instruction_elements[] = {
    {"PmtInfId", wanted, 1, nullptr, id_size},
    {"PmtMtd", wanted},
    {"BtchBookg", optional}, {"NbOfTxs", optional}, {"CtrlSum", optional},
    {"PmtTpInf", optional, 1, &payment_type_sequence},
    {"ReqdExctnDt", wanted, 1, nullptr, 0, 0, 7}, {"ReqdExctnDt", wanted, 1, &day_or_moment_choice, 0, 8},
    {"PoolgAdjstmntDt", optional},
    {"Dbtr", wanted, 1, &party_sequence},
    {"DbtrAcct", wanted, 1, &account_sequence},
    {"DbtrAgt", wanted, 1, &agent_sequence}, {"DbtrAgtAcct", optional, 1, &account_sequence},
    {"InstrForDbtrAgt", optional, 1, nullptr, 0, 9},
    {"UltmtDbtr", optional, 1, &party_sequence},
    {"ChrgBr", optional}, {"ChrgsAcct", optional, 1, &account_sequence}, {"ChrgsAcctAgt", optional, 1, &agent_sequence},
    {"CdtTrfTxInf", wanted, any_number, &transfer_sequence},
};
constexpr sequence instruction_sequence{instruction_elements};

constexpr child header[] = {
    {"MsgId", wanted, 1, nullptr, id_size}, {"CreDtTm", wanted}, {"Authstn", optional, 2}, {"NbOfTxs", wanted}, {"CtrlSum", optional},
    {"InitgPty", wanted, 1, &party_sequence}, {"FwdgAgt", optional, 1, &agent_sequence},
};
constexpr sequence header_sequence{header};
constexpr child message[] = {{"GrpHdr", wanted, 1, &header_sequence}, {"PmtInf", wanted, any_number, &instruction_sequence}, {"SplmtryData", optional, any_number, nullptr, 0, 9}};
constexpr sequence message_sequence{message};
constexpr child document[] = {{"CstmrCdtTrfInitn", wanted, 1, &message_sequence}};
constexpr sequence document_sequence{document};
// clang-format on

class walk {
 public:
    walk(std::string_view bytes, std::uint16_t version, reporter& report) : in_(bytes), version_(version), report_(report) {}

    void run() {
        for (xml::event what = in_.next(); what == xml::event::start || what == xml::event::end; what = in_.next()) {
            if (what == xml::event::start)
                start();
            else
                end();
        }
    }

 private:
    struct open_element {
        const sequence* of{};     // nothing: not looked into
        std::size_t current = 0;  // index of the child that is open or was the last
        std::size_t latest = 0;   // of the children so far the one that stands last in the schema
        std::size_t count = 0;    // of that one
        bool begun = false;       // there was a child
    };

    void start() {
        if (unknown_ != 0) {
            ++unknown_;
            return;
        }
        if (open_.empty()) {
            open_.push_back({&document_sequence});
            return;
        }
        open_element& parent = open_.back();
        if (parent.of == nullptr || in_.foreign()) {
            unknown_ = 1;
            return;
        }
        const std::size_t index = find(parent);
        if (index == parent.of->children.size()) {
            tell(severity::warning, in_.name(), "an element that the schema has here");
            unknown_ = 1;
            return;
        }
        enter(parent, index);
        open_.push_back({parent.of->children[index].inside});
    }

    [[nodiscard]] std::size_t find(const open_element& parent) const {
        const auto& children = parent.of->children;
        const auto found = std::find_if(children.begin(), children.end(),
                                        [&](const child& each) { return each.name == in_.name() && each.in(version_); });
        return static_cast<std::size_t>(found - children.begin());
    }

    void enter(open_element& parent, std::size_t index) {
        const child& item = parent.of->children[index];
        if (!parent.begun || index > parent.latest) {
            if (parent.of->choice && parent.begun) tell(severity::error, in_.name(), "one element of a choice");
            if (!parent.of->choice) missing(parent, parent.begun ? parent.latest + 1 : 0, index);
            parent.latest = index;
            parent.count = 1;
        } else if (index == parent.latest) {
            if (++parent.count > item.most) tell(severity::error, in_.name(), fmt::format("at most {} of it", item.most));
        } else {
            tell(severity::error, in_.name(), fmt::format("it before {}", parent.of->children[parent.latest].name));
        }
        parent.begun = true;
        parent.current = index;
    }

    // Wanted children from one index to before another.
    void missing(const open_element& parent, std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            const child& item = parent.of->children[i];
            if (item.wanted && item.in(version_)) tell(severity::error, {}, item.name);
        }
    }

    void end() {
        if (unknown_ != 0) {
            --unknown_;
            return;
        }
        const open_element ended = open_.back();
        if (ended.of != nullptr) {
            if (ended.of->choice && !ended.begun) tell(severity::error, {}, "one element of a choice");
            if (!ended.of->choice) missing(ended, ended.begun ? ended.latest + 1 : 0, ended.of->children.size());
        }
        open_.pop_back();
        if (!open_.empty() && ended.of == nullptr) leaf(open_.back().of->children[open_.back().current]);
    }

    void leaf(const child& item) {
        const std::size_t size = item.longest == 0 ? 0 : count_code_points(iso20022::inner(in_.text()));
        if (size > item.longest)
            report_.tell(rule::R01, severity::error, join(path(), item.name), in_.source_offset(in_.text_offset()),
                         fmt::format("{} characters", size), fmt::format("at most {}", item.longest));
        else if (item.wanted && in_.text().empty())
            report_.tell(rule::R01, severity::error, join(path(), item.name), in_.source_offset(in_.offset()), {}, "a text");
    }

    void tell(severity level, std::string_view found, std::string_view expected) {
        report_.tell(rule::R01, level, path(), in_.source_offset(in_.offset()), found, expected);
    }

    static std::string join(std::string path, std::string_view name) {
        if (!path.empty()) path += '/';
        return path += name;
    }

    // Of the innermost open element that is known, from below the message: "PmtInf[1]/CdtTrfTxInf[2]/PmtId".
    [[nodiscard]] std::string path() const {
        std::string out;
        for (std::size_t i = 1; i + 1 < open_.size(); ++i) {
            const child& item = open_[i].of->children[open_[i].current];
            out = join(std::move(out), item.name);
            if (item.most == any_number && open_[i].current == open_[i].latest) out += fmt::format("[{}]", open_[i].count);
        }
        return out;
    }

    xml::reader in_;
    std::uint16_t version_;
    reporter& report_;
    std::vector<open_element> open_;
    std::size_t unknown_ = 0;  // depth within an element that no list knows
};

}  // namespace

void check_structure(std::string_view bytes, std::uint16_t version, reporter& report) {
    walk(bytes, version, report).run();
}

}  // namespace brygga::pain::detail
