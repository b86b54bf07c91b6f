#include "formats/einvoice/tree.hpp"

#include <gtest/gtest.h>

#include "formats/einvoice/path.hpp"

namespace brygga::einvoice {

namespace {

constexpr std::string_view document =
    "<Invoice xmlns='urn:oasis:names:specification:ubl:schema:xsd:Invoice-2'\n"
    " xmlns:b='urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2'\n"
    " xmlns:a='urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2'>\n"
    "<b:ID schemeID='x'> 1 </b:ID><a:InvoiceLine><b:ID>1</b:ID></a:InvoiceLine><a:InvoiceLine><b:Note/>"
    "<b:ID>&#x32;</b:ID></a:InvoiceLine><ID xmlns='urn:other'>no</ID></Invoice>";

TEST(einvoice_tree, holds_what_the_document_holds) {
    const tree read(document);
    const element root = read.root();
    ASSERT_FALSE(read.fault());
    EXPECT_EQ(root.is(), "Invoice"_el);
    EXPECT_EQ(root.child("ID"_el).raw(), " 1 ");
    EXPECT_EQ(root.child("ID"_el).text(), "1");
    EXPECT_EQ(root.child("ID"_el).attribute("schemeID"), "x");
    constexpr path ids = "InvoiceLine/ID";
    EXPECT_EQ(ids.count(root), 2U);
    std::string paths;
    ids.each(root, [&](element each) { paths += each.path() + "=" + std::string(each.text()) + " "; });
    EXPECT_EQ(paths, "Invoice/InvoiceLine/ID=1 Invoice/InvoiceLine[2]/ID=2 ");
    EXPECT_EQ(path("ID").count(root), 1U) << "one of another namespace is another element";
    EXPECT_FALSE(element().child("ID"_el).parent().next().attribute("x"));
    EXPECT_EQ(element().path(), "");
}

TEST(einvoice_tree, says_why_it_ends) {
    const tree read("<Invoice><ID>1</ID><Note>");
    EXPECT_TRUE(read.fault());
    EXPECT_TRUE(tree("<!DOCTYPE Invoice><Invoice/>").fault());
    EXPECT_FALSE(tree("<!DOCTYPE Invoice><Invoice/>").root());
    std::string deep;
    for (int i = 0; i != 300; ++i)
        deep += "<a>";
    EXPECT_TRUE(tree(deep).fault());
}

}  // namespace

}  // namespace brygga::einvoice
