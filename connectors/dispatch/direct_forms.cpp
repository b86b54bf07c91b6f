#include "connectors/dispatch/detail/direct_forms.hpp"

#include <chrono>
#include <variant>

#include "formats/mail/addresses.hpp"
#include "formats/mail/message.hpp"
#include "formats/print/kivra/rules.hpp"
#include "mapping/billing/channel_choice.hpp"
#include "mapping/outbound/direct_delivery.hpp"
#include "mapping/outbound/mail_delivery.hpp"

namespace brygga::dispatch::detail {

namespace {

constexpr std::string_view email_rule = "BILL-R08";

result<std::string> drawn(const outbound::made_letter& made, const print::renderer& by) {
    auto letter = by.render(made.letter);
    if (!letter) return tl::unexpected(std::move(letter.error()));
    return std::move(letter->pdf);
}

class kivra_form final : public direct_form {
 public:
    result<written> write(const outbound::made_letter& made, const ledger::run_document_item&, const print::renderer& drawn_by,
                          ledger::transaction&) override {
        auto pdf = drawn(made, drawn_by);
        if (!pdf) return tl::unexpected(std::move(pdf.error()));
        const auto content = outbound::content_of(made, std::move(*pdf));
        if (!content) return tl::unexpected(content.error());
        auto bytes = kivra::write_content(*content);
        if (!bytes) return tl::unexpected(std::move(bytes.error()));
        if (kivra::check_size(*bytes)) return written{{}, "KIV-R07"};
        return written{std::move(*bytes), {}};
    }

    [[nodiscard]] std::string objection(std::string_view bytes) const override {
        const auto content = kivra::read_content(bytes);
        if (!content) return content.error().text;
        const auto again = kivra::write_content(*content);
        return again && *again == bytes ? "" : "our own reader reads something else than was written";
    }

    [[nodiscard]] std::string_view suffix() const noexcept override { return ".json"; }
};

class mail_form final : public direct_form {
 public:
    explicit mail_form(const desk& on) : on_(on) {}

    result<written> write(const outbound::made_letter& made, const ledger::run_document_item& item,
                          const print::renderer& drawn_by, ledger::transaction& in) override {
        if (!terms_) {
            auto found = terms();
            if (!found) return tl::unexpected(std::move(found.error()));
            terms_.emplace(std::move(*found));
        }
        const auto who = in.find_customer(item.row.customer_id);
        if (!who) return tl::unexpected(who.error());
        // The wish was withdrawn since the document was planned, or nobody can send there.
        const bool is_reached =
            *who && billing::has_confirmed_email((*who)->wishes) && mail::fault_of_address((*who)->wishes.email).empty();
        if (!is_reached) return written{{}, email_rule};
        auto pdf = drawn(made, drawn_by);
        if (!pdf) return tl::unexpected(std::move(pdf.error()));
        const std::chrono::sys_time<std::chrono::milliseconds> now(std::chrono::milliseconds(on_.now()));
        const auto message = outbound::message_of(made, (*who)->wishes.email, std::move(*pdf), item.now.row.id,
                                                  std::chrono::floor<std::chrono::seconds>(now), *terms_);
        if (!message) return tl::unexpected(message.error());
        auto bytes = mail::write_message(*message);
        if (bytes) return written{std::move(*bytes), {}};
        if (bytes.error().code == error_code::limit_exceeded) return written{{}, email_rule};  // too large for a mailbox
        return tl::unexpected(std::move(bytes.error()));
    }

    [[nodiscard]] std::string objection(std::string_view bytes) const override {
        const auto message = mail::read_message(bytes);
        if (!message) return message.error().text;
        const auto again = mail::write_message(*message);
        return again && *again == bytes ? "" : "our own reader reads something else than was written";
    }

    [[nodiscard]] std::string_view suffix() const noexcept override { return ".eml"; }

 private:
    [[nodiscard]] result<outbound::mail_terms> terms() const {
        auto ids = partners::message_ids_of(*on_.partner);
        if (!ids) return tl::unexpected(std::move(ids.error()));
        const auto& server = std::get<mail::server_settings>(on_.partner->server);
        mail::mailbox from = server.from;
        if (from.name.empty()) from.name = on_.who->invoices->with.issuer.seller.name;
        return outbound::mail_terms{std::move(from), server.reply_to, std::move(*ids)};
    }

    const desk& on_;
    std::optional<outbound::mail_terms> terms_;
};

}  // namespace

std::unique_ptr<direct_form> form_for(const desk& on) {
    if (std::holds_alternative<mail::server_settings>(on.partner->server)) return std::make_unique<mail_form>(on);
    return std::make_unique<kivra_form>();
}

}  // namespace brygga::dispatch::detail
