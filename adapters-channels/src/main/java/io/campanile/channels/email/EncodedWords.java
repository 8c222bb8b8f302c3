package io.campanile.channels.email;

import jakarta.mail.internet.MimeUtility;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Text of headers, such that readers see what was written (RFC 2047).
final class EncodedWords {
    private static final String MARK = "=?";

    /// One word holds 75 characters (section 2), `=?UTF-8?B?` and `?=` included.
    private static final int LONGEST_ASCII = 45;

    private EncodedWords() {}

    /// As it is where that is safe, else encoded.
    static String of(String text) {
        try {
            return isMistakable(text) ? ascii(text) : MimeUtility.encodeText(text, "UTF-8", null);
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e); // every JVM has UTF-8
        }
    }

    /// Whether readers would take it for encoded and decode it, though it means what it says
    /// (section 5 asks for encoding it then).
    static boolean isMistakable(String text) {
        return text.contains(MARK) && MailComposer.isAscii(text);
    }

    private static String ascii(String text) {
        List<String> words = new ArrayList<>();
        for (int at = 0; at < text.length(); at += LONGEST_ASCII) {
            String part = text.substring(at, Math.min(text.length(), at + LONGEST_ASCII));
            byte[] bytes = part.getBytes(StandardCharsets.US_ASCII);
            words.add("=?UTF-8?B?" + Base64.getEncoder().encodeToString(bytes) + "?=");
        }
        return String.join(" ", words);
    }
}
