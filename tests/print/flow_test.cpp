// Blocks over the pages of a letter: each once and in order, none over an edge, no heading alone at the foot of a page.
#include "formats/print/letter/detail/flow.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace brygga::print::detail {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr frame first{100'000, 200'000}, others{20'000, 270'000};

block of_height(micrometres height, bool stays_with_next = false, std::string under = {}) {
    return {height, stays_with_next, std::move(under), [](canvas&, micrometres) {}};
}
block space(micrometres height) {
    return {height, false, {}, {}};
}

// By page, "0@100 1@140" in millimetres; + where a title is repeated above.
std::vector<std::string> places(const std::vector<block>& blocks) {
    std::vector<std::string> out;
    for (const page& each : paginate(blocks, first, others)) {
        out.emplace_back();
        for (const placed_block& at : each)
            out.back() +=
                std::to_string(at.what - blocks.data()) + "@" + std::to_string(at.top / 1000) + (at.is_continued ? "+ " : " ");
    }
    return out;
}

TEST(letter_flow, has_at_least_one_page) {
    EXPECT_THAT(places({}), ElementsAre(""));
}

TEST(letter_flow, goes_on_where_a_page_ends) {
    EXPECT_THAT(places({of_height(60'000), of_height(40'000), of_height(1'000)}), ElementsAre("0@100 1@160 ", "2@20 "));
}

TEST(letter_flow, keeps_a_heading_with_what_it_is_of) {
    EXPECT_THAT(places({of_height(90'000), of_height(8'000, true), of_height(8'000)}), ElementsAre("0@100 ", "1@20 2@28 "));
}

TEST(letter_flow, repeats_the_title_of_what_goes_on) {
    EXPECT_THAT(places({of_height(90'000, false, "El"), of_height(20'000, false, "El")}), ElementsAre("0@100 ", "1@27+ "));
    EXPECT_THAT(places({of_height(90'000, false, "El"), of_height(20'000, false, "Vatten")}), ElementsAre("0@100 ", "1@20 "));
}

TEST(letter_flow, leaves_space_out_at_the_top_of_a_page) {
    EXPECT_THAT(places({of_height(95'000), space(10'000), of_height(10'000)}), ElementsAre("0@100 ", "2@20 "));
}

TEST(letter_flow, begins_a_page_with_what_is_higher_than_one) {
    EXPECT_THAT(places({of_height(10'000), of_height(300'000), of_height(10'000)}), ElementsAre("0@100 ", "1@20 ", "2@20 "));
}

rc::Gen<block> any_block() {
    return rc::gen::map(rc::gen::tuple(rc::gen::inRange(1'000, 90'000), rc::gen::arbitrary<bool>(), rc::gen::inRange(0, 3),
                                       rc::gen::arbitrary<bool>()),
                        [](const std::tuple<int, bool, int, bool>& of) {
                            const auto [height, stays, under, is_space] = of;
                            if (is_space) return space(height / 10);
                            return of_height(height / 2, stays && height < 20'000,
                                             std::string(static_cast<std::size_t>(under), 'x'));
                        });
}

RC_GTEST_PROP(letter_flow, loses_nothing_and_crosses_no_edge, ()) {
    const auto blocks = *rc::gen::container<std::vector<block>>(any_block());
    const auto pages = paginate(blocks, first, others);
    const block* next = blocks.data();
    for (std::size_t i = 0; i != pages.size(); ++i) {
        const frame in = i == 0 ? first : others;
        micrometres free_from = in.top;
        for (const placed_block& each : pages[i]) {
            for (; next != each.what; ++next)
                RC_ASSERT(!next->draw);  // only space is left out
            RC_ASSERT(each.top >= free_from);
            free_from = each.top + each.what->height;
            const bool is_alone = &each == pages[i].data();
            const bool is_of_run = each.what->stays_with_next || (!is_alone && (&each - 1)->what->stays_with_next);
            const bool fits = is_alone || is_of_run || free_from <= in.bottom;
            RC_ASSERT(fits);
            ++next;
        }
        const bool ends_with_heading = !pages[i].empty() && pages[i].back().what->stays_with_next;
        const bool is_end = ends_with_heading && pages[i].back().what == &blocks.back();
        RC_ASSERT(ends_with_heading == is_end);
    }
    for (; next != blocks.data() + blocks.size(); ++next)
        RC_ASSERT(!next->draw);
}

}  // namespace
}  // namespace brygga::print::detail
