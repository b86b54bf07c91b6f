#include "tests/xml/expat_judge.hpp"

#include <memory>
#include <type_traits>

#include <expat.h>

namespace brygga::xml {

bool expat_judges(std::string_view document) {
    const std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)> parser(XML_ParserCreateNS(nullptr, '|'),
                                                                                               &XML_ParserFree);
    return XML_Parse(parser.get(), document.data(), static_cast<int>(document.size()), 1) == XML_STATUS_OK;
}

}  // namespace brygga::xml
