#include "tests/inbound/camt_text.hpp"

#include <cstdint>
#include <map>
#include <sstream>
#include <stdexcept>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "formats/core/money.hpp"
#include "tests/inbound/bgmax_text.hpp"

namespace brygga::inbound::test {

namespace {

struct words {
    std::vector<std::string> plain;
    std::map<std::string, std::string> named;

    [[nodiscard]] std::string get(const std::string& name, const std::string& otherwise = {}) const {
        const auto found = named.find(name);
        return found == named.end() ? otherwise : found->second;
    }
    [[nodiscard]] bool says(const std::string& word) const {
        for (const std::string& each : plain)
            if (each == word) return true;
        return false;
    }
};

// Words, "words with blanks", name=value and name="value with blanks".
words split(const std::string& line) {
    words found;
    for (std::size_t at = line.find_first_not_of(' '); at < line.size(); at = line.find_first_not_of(' ', at)) {
        const std::size_t blank = std::min(line.find(' ', at), line.size());
        const std::size_t equals = line.find('=', at);
        std::string name;
        if (equals < blank && line[at] != '"') {
            name = line.substr(at, equals - at);
            at = equals + 1;
        }
        const bool quoted = at < line.size() && line[at] == '"';
        const std::size_t end = quoted ? line.find('"', at + 1) : std::min(line.find(' ', at), line.size());
        const std::string value = quoted ? line.substr(at + 1, end - at - 1) : line.substr(at, end - at);
        if (name.empty())
            found.plain.push_back(value);
        else
            found.named[name] = value;
        at = std::min(quoted ? end + 1 : end, line.size());
    }
    return found;
}

std::string element(std::string_view name, std::string_view content) {
    return content.empty() ? std::string() : fmt::format("<{0}>{1}</{0}>", name, content);
}

struct payment {
    words in;
    std::vector<std::string> remittances;
    std::string texts, lines;
    std::map<std::string, std::string> payer;
};

class writer {
 public:
    std::string bytes;

    void add(const std::string& line) {
        const std::string verb = line.substr(0, line.find(' '));
        const std::string rest = verb.size() < line.size() ? line.substr(verb.size() + 1) : std::string();
        const words in = split(rest);
        if (verb == "message") return message(in);
        if (verb == "account") return account(in);
        if (verb == "entry") return entry(in);
        if (verb == "end") return end();
        if (verb == "pay") return payments_.push_back({in, {}, {}, {}, {}});
        payment& last = payments_.back();
        if (verb == "text")
            last.texts += element("Ustrd", rest);
        else if (verb == "line")
            last.lines += element("AdrLine", rest);
        else if (verb == "more")
            last.remittances.back() += element("AddtlRmtInf", rest);
        else if (verb == "ocr" || verb == "doc" || verb == "credit")
            last.remittances.push_back(remittance(verb, in));
        else
            last.payer[verb] = rest;
    }

 private:
    [[nodiscard]] bool old() const { return version_ < "03"; }

    void message(const words& in) {
        kind_ = in.plain.at(1);
        version_ = in.plain.at(2);
        const std::map<std::string, std::pair<std::string, std::string>> names{{"052", {"BkToCstmrAcctRpt", "Rpt"}},
                                                                               {"053", {"BkToCstmrStmt", "Stmt"}},
                                                                               {"054", {"BkToCstmrDbtCdtNtfctn", "Ntfctn"}}};
        message_ = names.at(kind_).first;
        container_ = names.at(kind_).second;
        bytes += fmt::format(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document "
            "xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.{}.001.{}\">\n<{}>\n"
            "<GrpHdr><MsgId>{}</MsgId><CreDtTm>2026-03-02T16:30:05+01:00</CreDtTm></GrpHdr>\n",
            kind_, version_, message_, in.plain.at(0));
    }

    void account(const words& in) {
        close_account();
        in_account_ = true;
        const std::string sum = in.get("sum");
        bytes += fmt::format(
            "<{}>\n{}{}<CreDtTm>{}T16:30:05+01:00</CreDtTm>{}{}\n<Acct><Id><Othr><Id>58411009823</Id><SchmeNm><Cd>BBAN</Cd>"
            "</SchmeNm></Othr></Id><Ccy>{}</Ccy></Acct>\n",
            container_, element("Id", in.plain.at(0)), numbers(in), in.get("written", "2026-03-02"),
            in.get("from").empty()
                ? ""
                : element("FrToDt", element("FrDtTm", in.get("from")) + element("ToDtTm", in.get("until", in.get("from")))),
            element("CpyDplctInd", in.get("copy")), in.get("ccy", "SEK"));
        if (!in.get("closing").empty())
            bytes +=
                "<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt "
                "Ccy=\"SEK\">0.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>" +
                in.get("closing") + "</Dt></Dt></Bal>\n";
        if (!sum.empty()) bytes += "<TxsSummry><TtlCdtNtries><Sum>" + sum + "</Sum></TtlCdtNtries></TxsSummry>\n";
    }

    [[nodiscard]] std::string numbers(const words& in) const {
        const std::string page = element("PgNb", in.get("page"));
        return element(container_ + "Pgntn", page.empty() ? page : page + "<LastPgInd>false</LastPgInd>") +
               element("ElctrncSeqNb", in.get("seq")) + element("LglSeqNb", in.get("legal"));
    }

    void entry(const words& in) {
        close_entry();
        entry_ = in;
        in_entry_ = true;
    }

    [[nodiscard]] std::string remittance(const std::string& verb, const words& in) const {
        std::string documents, amount;
        for (const std::string& each : in.plain) {
            const bool is_amount = each.find('.') != std::string::npos && parse_decimal_amount(each).has_value();
            if (is_amount)
                amount = each;
            else if (verb != "ocr")
                documents += fmt::format("<RfrdDocInf><Tp><CdOrPrtry><Cd>{}</Cd></CdOrPrtry></Tp><Nb>{}</Nb></RfrdDocInf>",
                                         verb == "doc" ? "CINV" : "CREN", each);
        }
        const std::string element_name = verb == "credit" ? "CdtNoteAmt" : "RmtdAmt";
        if (!amount.empty()) amount = fmt::format("<RfrdDocAmt><{0} Ccy=\"SEK\">{1}</{0}></RfrdDocAmt>", element_name, amount);
        if (verb != "ocr") return documents + amount;
        return amount + "<CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>" + in.plain.at(0) + "</Ref></CdtrRefInf>";
    }

    // "9912346", or another scheme before the number: "PGNR:1234566".
    [[nodiscard]] static std::string giro(const std::string& text) {
        const std::size_t colon = text.find(':');
        const std::string scheme = colon == std::string::npos ? "BGNR" : text.substr(0, colon);
        const std::string number = colon == std::string::npos ? text : text.substr(colon + 1);
        if (scheme == "IBAN") return "<Id><IBAN>" + number + "</IBAN></Id>";
        if (scheme == "BBAN") return "<Id><Othr><Id>" + number + "</Id><SchmeNm><Cd>BBAN</Cd></SchmeNm></Othr></Id>";
        return "<Id><Othr><Id>" + number + "</Id><SchmeNm><Prtry>" + scheme + "</Prtry></SchmeNm></Othr></Id>";
    }

    [[nodiscard]] std::string debtor(const payment& item) const {
        const auto of = [&](const std::string& name) {
            const auto found = item.payer.find(name);
            return found == item.payer.end() ? std::string() : found->second;
        };
        const std::string address = element("StrtNm", of("street")) + element("BldgNb", of("building")) +
                                    element("PstCd", of("postcode")) + element("TwnNm", of("town")) +
                                    element("Ctry", of("country")) + item.lines;
        const std::string identity = element("OrgId", element("Othr", element("Id", of("organisation")))) +
                                     element("PrvtId", element("Othr", element("Id", of("person"))));
        const std::string inner = element("Nm", of("name")) + element("PstlAdr", address) + element("Id", identity);
        const std::string payer = of("payer");
        return element("Dbtr", version_ < "07" ? inner : element("Pty", inner)) +
               element("DbtrAcct", payer.empty() ? std::string() : giro(payer));
    }

    [[nodiscard]] std::string text_of(const payment& item) const {
        const std::string amount = item.in.says("bare") ? "" : fmt::format("<Amt Ccy=\"SEK\">{}</Amt>", item.in.plain.at(0));
        const std::string to = item.in.get("to", entry_.get("bg", "9912346"));
        const std::string direction = item.in.says("debit") || entry_.says("debit") ? "DBIT" : "CRDT";
        std::string remittances;
        for (const std::string& each : item.remittances)
            remittances += element("Strd", each);
        std::string text =
            "<TxDtls>" +
            element("Refs", element("MsgId", item.in.get("order")) + element("AcctSvcrRef", item.in.get("serial")) +
                                element("PmtInfId", item.in.get("group")) + element("EndToEndId", item.in.get("id")));
        text += old() ? element("AmtDtls", element("TxAmt", amount)) : amount + element("CdtDbtInd", direction);
        text += element("RltdPties", debtor(item) + element("CdtrAcct", to == "none" ? std::string() : giro(to)));
        text += element("RmtInf", item.texts + remittances);
        if (item.in.says("returned")) text += "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>";
        return text + "</TxDtls>\n";
    }

    void close_entry() {
        if (!in_entry_) return;
        in_entry_ = false;
        std::int64_t sum_ore = 0;
        std::string details;
        for (const payment& each : payments_) {
            sum_ore += (each.in.says("debit") ? -1 : 1) * ore_of(each.in.plain.at(0));
            details += text_of(each);
        }
        payments_.clear();
        const std::string bg = entry_.get("bg", "9912346"), status = entry_.get("status", "BOOK");
        const std::string day = entry_.plain.at(0);
        bytes += "<Ntry>\n" + element("NtryRef", entry_.get("ref", fmt::format("BG{:0>8} {}-0011130", bg, entry_.plain.at(1)))) +
                 fmt::format("<Amt Ccy=\"{}\">{}</Amt><CdtDbtInd>{}</CdtDbtInd>", entry_.get("ccy", "SEK"),
                             entry_.get("sum", format_decimal_amount(sum_ore)), entry_.says("debit") ? "DBIT" : "CRDT") +
                 element("RvslInd", entry_.says("reversal") ? "true" : "") +
                 element("Sts", version_ < "07" ? status : element("Cd", status));
        if (!entry_.says("undated")) bytes += fmt::format("\n<BookgDt><Dt>{0}</Dt></BookgDt><ValDt><Dt>{0}</Dt></ValDt>", day);
        const std::string batch =
            element("Btch", element("MsgId", entry_.get("order")) + element("PmtInfId", entry_.get("group")));
        bytes += "\n" + element("NtryDtls", batch + (details.empty() ? "" : "\n" + details)) + "</Ntry>\n";
    }

    void close_account() {
        close_entry();
        if (in_account_) bytes += "</" + container_ + ">\n";
        in_account_ = false;
    }

    void end() {
        close_account();
        bytes += "</" + message_ + ">\n</Document>\n";
    }

    std::string kind_, version_, message_, container_;
    bool in_account_ = false, in_entry_ = false;
    words entry_;
    std::vector<payment> payments_;
};

}  // namespace

std::string camt_bytes(std::string_view description) {
    writer out;
    std::istringstream lines{std::string(description)};
    for (std::string line; std::getline(lines, line);)
        if (!line.empty()) out.add(line);
    return out.bytes;
}

}  // namespace brygga::inbound::test
