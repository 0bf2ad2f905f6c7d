#pragma once
// Scripts of texts.

#include <string>
#include <string_view>

namespace sitmap::gazetteer {

// ISO 15924 code of the first letter that has a script of its own ("Latn", "Armn"); empty when there is none.
std::string script_of(std::string_view text);

// A rough Latin reading of a text in another script (ICU "Any-Latin"); the text itself when it is Latin.
std::string romanised(std::string_view text);

}  // namespace sitmap::gazetteer
