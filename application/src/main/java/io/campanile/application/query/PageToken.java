package io.campanile.application.query;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The text form of a [Cursor] together with a digest of list, filter and order, so that a token is
/// of no use for another list. It grants nothing: the workspace always comes from the call.
public final class PageToken {
    private static final String SEPARATOR = "\n";

    private PageToken() {}

    /// A short digest of what a token belongs to.
    public static String digest(String list, String filter, String orderBy) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(
                                    (filter + SEPARATOR + orderBy + SEPARATOR + list)
                                            .getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public static String encode(Cursor cursor, String digest) {
        String plain = digest + SEPARATOR + cursor.id() + SEPARATOR + cursor.sortValue();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /// The cursor, or nothing when the token is not one of ours or belongs to another list.
    public static Optional<Cursor> decode(String token, String digest) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        List<String> parts = List.of(new String(bytes, StandardCharsets.UTF_8).split(SEPARATOR, 3));
        return parts.size() == 3 && parts.getFirst().equals(digest)
                ? Optional.of(new Cursor(parts.getLast(), parts.get(1)))
                : Optional.empty();
    }
}
