// brygga letter: an invoice or credit note of the ledger as the letter that the print service would get.
#include <memory>

#include <fmt/format.h>

#include "connectors/dispatch/letterhead.hpp"
#include "connectors/filedrop/file_system.hpp"
#include "formats/inspection/printable.hpp"
#include "tools/brygga/books.hpp"

namespace brygga::command {

namespace {

struct letter_options {
    books_options where;
    std::string number, to;
    bool is_credit_note = false;
};

result<outbound::made_letter> make_letter(const letter_options& options, const outbound::letter_terms& terms,
                                          ledger::transaction& in) {
    const auto not_there = [&](std::string_view what) {
        return fail(error_code::not_found, fmt::format("no {} has the number {}", what, inspection::printable(options.number)));
    };
    if (!options.is_credit_note) {
        const auto found = in.invoice_with_number(options.number);
        if (!found) return tl::unexpected(found.error());
        return *found ? letter_of_invoice((*found)->id, terms, in) : not_there("invoice");
    }
    ledger::row_id id = 0;
    const auto visited = in.invoice_runs().run_documents_with_number(options.number);
    if (!visited) return tl::unexpected(visited.error());
    for (const ledger::run_document_item& each : *visited)
        if (each.row.is_credit_note) id = each.row.document_id;
    return id != 0 ? letter_of_credit_note(id, terms, in) : not_there("credit note of a run");
}

exit_code draw(session& with, const letter_options& options) {
    const auto in = open_books(options.where, with);
    if (!in) return complain(in.error());
    const auto who = chosen_tenant(*in, options.where);
    if (!who) return complain(who.error());
    if (!(*who)->invoices) return complain(fmt::format("{} has no [tenant.invoices]", (*who)->id));
    filedrop::file_system& files = filedrop::posix_file_system();
    const auto head = dispatch::letterhead_of(**who, files);
    if (!head) return complain(head.error());
    const auto from = in->store->begin_read((*who)->id);
    if (!from) return complain(from.error());
    const auto made = make_letter(options, head->terms, **from);
    if (!made) return complain(made.error());
    for (const outbound::document_gap& each : made->gaps)
        with.out.write(fmt::format("{} {}: expected {}\n", each.rule, inspection::printable(each.place), each.expected));
    if (!made->gaps.empty()) return exit_code::found;
    // Such a letter has no place but the one that brygga protected print makes it for.
    if (made->address.empty()) return complain("PRO-R04: letters to protected persons are drawn by brygga protected print only");
    const auto drawn = head->drawn_by->render(made->letter);
    if (!drawn) return complain(drawn.error());
    if (auto written = filedrop::write_durably(files, options.to, "letter", drawn->pdf, filedrop::if_there::replace); !written)
        return complain(written.error());
    with.out.write(fmt::format("{} page{}, {} bytes\n", drawn->pages, drawn->pages == 1 ? "" : "s", drawn->pdf.size()));
    return exit_code::clean;
}

}  // namespace

void add_letter_command(CLI::App& app, session& with) {
    CLI::App* const command = add_command(
        app, "letter", "Draw an invoice or credit note of the ledger as a letter (PDF)", "Ledger",
        "  brygga letter 10002355 --to 10002355.pdf --config brygga.toml\n"
        "\n"
        "As it goes to the print service: [tenant.letters] says how it looks. What keeps a letter from being drawn, such as an\n"
        "address without a postcode, is told by rule id. Exit status: 0 drawn, 1 it cannot be, 2 the command could not run.");
    const auto options = std::make_shared<letter_options>();
    options->where.add_config(*command);
    options->where.add_tenant(*command);
    command->add_option("number", options->number, "Of the invoice")->required()->type_name("NUMBER");
    command->add_flag("--credit-note", options->is_credit_note, "The number is that of a credit note of a run");
    command->add_option("--to", options->to, "Where the letter is written")->required()->type_name("FILE");
    command->callback([&with, options] { with.chosen = [&with, options] { return draw(with, *options); }; });
}

}  // namespace brygga::command
