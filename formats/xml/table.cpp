#include "formats/xml/table.hpp"

#include <algorithm>
#include <atomic>
#include <deque>
#include <utility>

namespace brygga::xml {

namespace {

std::uint16_t next_number() {
    static std::atomic<std::uint16_t> last = 0;
    return last++;
}

// What is kept until the streamed element around it ends: texts that had to be resolved, and the count of values.
class kept_values {
 public:
    std::string_view keep(std::string_view text) {
        if (used_ == texts_.size()) texts_.emplace_back();
        texts_[used_] = text;
        return texts_[used_++];
    }
    void clear() noexcept { used_ = values_ = 0; }
    [[nodiscard]] bool one_more() noexcept { return ++values_ <= max_values; }

 private:
    std::deque<std::string> texts_;
    std::size_t used_ = 0, values_ = 0;
};

// Follows the tags through the tables.
class binder {
 public:
    binder(reader& in, const table& of, void* root, listener& to) : in_(in), to_(to) {
        outermost_ = {&of, root, nullptr, nullptr, 0, 0};
        kept_.emplace_back();
    }

    read_outcome run() {
        while (!full_) {
            switch (in_.next()) {
                case event::start:
                    start();
                    break;
                case event::end:
                    end();
                    break;
                case event::finished:
                    return {true, {}, in_.root_namespace()};
                case event::failed:
                    return {false, {in_.why().text, in_.source_offset(in_.why().offset)}, in_.root_namespace()};
            }
        }
        return {false, {"an element holds more values than the limit", begin()}, in_.root_namespace()};
    }

 private:
    // An open element that a table knows.
    struct place {
        const table* of{};
        void* object{};
        const table::node* at{};
        const row* streams{};  // the row of the streamed element that this is
        std::size_t begin{};
        std::size_t values_from{};  // in values_: the elements with one value that it has held so far
    };

    void start() {
        if (unknown_ != 0) {
            ++unknown_;
            return;
        }
        const table::node* const found = open_.empty() ? &outermost_.of->at(0) : find();
        if (found == nullptr || in_.foreign()) {
            if (found != nullptr && found->inside != nullptr && found->inside->is == row::kind::stream)
                to_.foreign(found->name, begin());
            unknown_ = 1;
            return;
        }
        place made = open_.empty() ? outermost_ : place{open_.back().of, open_.back().object, nullptr, nullptr, 0, 0};
        made.at = found;
        if (stands_once(*found)) tell_repeated(*found);
        made.values_from = values_.size();
        if (found->inside != nullptr) enter(*found->inside, made);
        open_.push_back(made);
        if (!made.at->attributes.empty()) attributes(made);
    }

    // Lists and streamed elements come again; all others hold one value or lead to such.
    [[nodiscard]] static bool stands_once(const table::node& found) noexcept {
        if (found.leaf != nullptr) return found.leaf->is == row::kind::one;
        return found.inside == nullptr || found.inside->is == row::kind::part;
    }

    // Few elements with one value stand below another: looking through them costs less than keeping a set.
    void tell_repeated(const table::node& found) {
        if (open_.empty()) return;
        const auto from = values_.begin() + static_cast<std::ptrdiff_t>(open_.back().values_from);
        if (std::find(from, values_.end(), found.number) != values_.end())
            to_.repeated(found.name, begin());
        else
            values_.push_back(found.number);
    }

    void enter(const row& inside, place& made) {
        const bool streams = inside.is == row::kind::stream;
        if (inside.is == row::kind::group && !kept_[level_].one_more()) {
            full_ = true;
            return;
        }
        if (streams) {
            made.streams = &inside;
            made.begin = begin();
            to_.opened(inside.level, made.begin);
            if (++level_ == kept_.size()) kept_.emplace_back();
            kept_[level_].clear();
        }
        made.object = inside.enter(made.object);
        made.of = inside.inner;
        made.at = &inside.inner->at(0);
    }

    void attributes(const place& at) {
        for (const attribute& each : in_.attributes())
            for (const auto& [name, to] : at.at->attributes)
                if (each.prefix.empty() && each.name == name)
                    put(*to, at.object, each.value, true, each.offset, each.value.size());
    }

    void put(const row& to, void* object, std::string_view text, bool copy, std::size_t offset, std::size_t size) {
        if (!kept_[level_].one_more())
            full_ = true;
        else
            to.put(object, value_at(copy ? kept_[level_].keep(text) : text, offset, size));
    }

    [[nodiscard]] value value_at(std::string_view text, std::size_t offset, std::size_t size) {
        const std::size_t from = in_.source_offset(offset);
        return {text, from, in_.source_offset(offset + size) - from, true};
    }

    // Of the tag at hand.
    [[nodiscard]] std::size_t begin() { return in_.source_offset(in_.offset()); }

    void end() {
        if (unknown_ != 0) {
            --unknown_;
            return;
        }
        const place ends = open_.back();
        open_.pop_back();
        values_.resize(ends.values_from);
        const row* const leaf = ends.at->leaf;
        if (leaf != nullptr && (!in_.text().empty() || leaf->about.what == holds::presence))
            put(*leaf, ends.object, in_.text(), in_.text_is_copy(), in_.text_offset(), in_.text_size());
        if (ends.streams == nullptr) return;
        to_.closed(ends.streams->level, ends.begin, in_.source_offset(in_.end_offset()));
        --level_;
    }

    // Asked once for each pair of a known element and a name.
    const table::node* find() {
        const place& parent = open_.back();
        const std::size_t id = in_.which().id;
        if (parent.at->number >= known_.size()) known_.resize(parent.at->number + std::size_t{1});
        std::vector<answer>& answers = known_[parent.at->number];
        if (id >= answers.size()) answers.resize(id + 1);
        answer& found = answers[id];
        if (!found.asked) found = {parent.of->child(*parent.at, in_.name()), true};
        return found.to;
    }

    struct answer {
        const table::node* to = nullptr;
        bool asked = false;
    };

    reader& in_;
    listener& to_;
    place outermost_;
    std::vector<place> open_;
    std::vector<std::uint16_t> values_;
    std::size_t unknown_ = 0;  // depth within an element that no table knows
    std::vector<std::vector<answer>> known_;
    std::deque<kept_values> kept_;  // by depth of streamed elements
    std::size_t level_ = 0;
    bool full_ = false;
};

}  // namespace

table::table(std::vector<row> rows) : rows_(std::move(rows)) {
    nodes_.push_back({});
    nodes_.front().number = next_number();
    for (const row& each : rows_) {
        std::uint16_t at = 0;
        std::string_view rest = each.path == "." ? std::string_view() : each.path;
        while (!rest.empty() && rest.front() != '@') {
            const std::size_t size = std::min(rest.find('/'), rest.size());
            at = add(at, rest.substr(0, size));
            rest.remove_prefix(std::min(size + 1, rest.size()));
        }
        node& last = nodes_[at];
        if (!rest.empty())
            last.attributes.emplace_back(rest.substr(1), &each);
        else if (each.inner != nullptr)
            last.inside = &each;
        else
            last.leaf = &each;
    }
}

std::uint16_t table::add(std::uint16_t under, std::string_view name) {
    for (const std::uint16_t each : nodes_[under].children)
        if (nodes_[each].name == name) return each;
    const auto made = static_cast<std::uint16_t>(nodes_.size());
    nodes_.push_back({name, next_number(), {}, nullptr, nullptr, {}});
    nodes_[under].children.push_back(made);
    return made;
}

const table::node* table::child(const node& of, std::string_view name) const noexcept {
    for (const std::uint16_t each : of.children)
        if (nodes_[each].name == name) return &nodes_[each];
    return nullptr;
}

read_outcome read(reader& in, const table& of, void* root, listener& to) {
    return binder(in, of, root, to).run();
}

}  // namespace brygga::xml
