#include "mapping/outbound/mail_delivery.hpp"

#include <fmt/format.h>

#include "formats/core/bankgiro.hpp"
#include "formats/core/money.hpp"
#include "mapping/outbound/print_batch.hpp"

namespace brygga::outbound {

namespace {

constexpr std::size_t label_width = 16;

class mail_text {
 public:
    mail_text(const print::letter& of, const std::string& sender) : of_(of), sender_(sender) {}

    std::string write() {
        const bool is_credit = of_.kind == print::letter_kind::credit_invoice;
        out_ = fmt::format("{}\n\n", in("Hej!", "Hello,"));
        if (is_credit)
            out_ += fmt::format(fmt::runtime(in("Här kommer en kreditfaktura från {}, bifogad som PDF.",
                                                "Please find attached a credit invoice from {} as a PDF.")),
                                sender_);
        else
            out_ += fmt::format(fmt::runtime(in("Här kommer din faktura från {}, bifogad som PDF.",
                                                "Please find attached your invoice from {} as a PDF.")),
                                sender_);
        out_ += "\n\n";
        add(in("Fakturanummer", "Invoice number"), of_.number);
        add(in("Fakturadatum", "Invoice date"), format_iso_date(of_.issued));
        if (is_credit)
            add(in("Att få tillbaka", "Credited"), amount(-of_.payable_ore.value_or(0)));
        else
            add_payment();
        out_ += fmt::format("\n{}\n{}\n", in("Vänliga hälsningar", "Kind regards"), sender_);
        return out_;
    }

 private:
    [[nodiscard]] std::string_view in(std::string_view swedish, std::string_view english) const noexcept {
        return of_.in == print::language::swedish ? swedish : english;
    }
    [[nodiscard]] std::string amount(std::int64_t ore) const {
        return of_.in == print::language::swedish ? format_swedish_amount(ore) + " kr" : "SEK " + format_decimal_amount(ore);
    }

    // The label is ASCII or Latin: a letter is one column.
    void add(std::string_view label, std::string_view value) { out_ += fmt::format("{:<{}}{}\n", label, label_width, value); }

    void add_payment() {
        if (of_.payable_ore) add(in("Att betala", "To pay"), amount(*of_.payable_ore));
        if (of_.due) add(in("Förfallodag", "Due date"), format_iso_date(*of_.due));
        if (of_.is_drawn) {
            out_ += fmt::format("\n{}\n", in("Beloppet dras från ditt konto genom Autogiro på förfallodagen.",
                                             "The amount will be drawn from your account by Autogiro on the due date."));
        } else if (of_.slip) {
            add("Bankgiro", display_bankgiro(of_.slip->account));
            add(in("OCR-nummer", "OCR reference"), of_.slip->reference);
        } else if (of_.payable_ore.value_or(0) <= 0) {
            out_ += fmt::format("\n{}\n", in("Du behöver inte betala något.", "There is nothing to pay."));
        }
    }

    const print::letter& of_;
    const std::string& sender_;
    std::string out_;
};

}  // namespace

result<mail::message> message_of(const made_letter& made, const std::string& address, std::string pdf, ledger::row_id delivery_id,
                                 std::chrono::sys_seconds now, const mail_terms& terms) {
    if (made.address.empty()) return fail(error_code::invalid_content, "PRO-R02: nothing of a protected person goes by e-mail");
    auto id = terms.ids.make(ledger::format_id(delivery_id));
    if (!id) return tl::unexpected(std::move(id.error()));
    mail::message out;
    out.from = terms.from;
    out.reply_to = terms.reply_to;
    out.to = {address, {}};
    out.subject = fmt::format("{} {} {}", subject_of(made.letter), made.letter.in == print::language::swedish ? "från" : "from",
                              terms.from.name);
    out.text = mail_text(made.letter, terms.from.name).write();
    out.date = now;
    out.id = std::move(*id);
    out.attachments.push_back({made.letter.number + ".pdf", "application/pdf", std::move(pdf)});
    return out;
}

}  // namespace brygga::outbound
