package io.campanile.domain.content;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/// Absolute http and https URLs, as mail programs open them.
final class WebUrls {
    /// With `_` and letters of any script, which [URI] takes for no part of a host.
    private static final String REST_OF_LABEL =
            "(?:[\\p{L}\\p{M}\\p{N}_-]{0,61}[\\p{L}\\p{M}\\p{N}_])?";

    /// The last label begins with a letter: numbers alone are addresses, and [URI] knows those.
    private static final Pattern HOST =
            Pattern.compile(
                    "(?:[\\p{L}\\p{N}_]%1$s\\.)*\\p{L}%1$s\\.?(?::[0-9]{0,5})?"
                            .formatted(REST_OF_LABEL));

    /// No name of a host has more than 255 characters (RFC 1035), and a port may follow. The
    /// pattern goes one call deeper for each label: what has thousands would take all of a thread's
    /// stack.
    private static final int LONGEST_HOST = 255 + ":65535".length();

    private WebUrls() {}

    static boolean isOne(Object value) {
        if (!(value instanceof String text)) {
            return false;
        }
        try {
            URI uri = new URI(text);
            return isOfWeb(uri.getScheme()) && (uri.getHost() != null || namesHost(uri));
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private static boolean isOfWeb(@Nullable String scheme) {
        return "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
    }

    private static boolean namesHost(URI uri) {
        String authority = uri.getRawAuthority();
        if (authority == null) {
            return false;
        }
        String host = authority.substring(authority.indexOf('@') + 1);
        return host.length() <= LONGEST_HOST && HOST.matcher(host).matches();
    }
}
