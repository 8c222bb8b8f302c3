package io.campanile.domain.content;

import java.util.Locale;

/// Which elements of some HTML nobody sees, by their style: the review of links and the text made
/// of HTML have to agree about it.
public final class HiddenStyle {
    private HiddenStyle() {}

    /// Whether the attribute hides the element with all that is in it.
    ///
    /// @param style empty where there is none
    public static boolean hides(String style) {
        return style.replaceAll("\\s", "").toLowerCase(Locale.ROOT).contains("display:none");
    }
}
