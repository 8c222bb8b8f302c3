package io.campanile.testkit.smtp;

import java.nio.charset.StandardCharsets;

/// Finds the Message-ID of a mail without making a text of all of it.
final class MessageIds {
    private static final byte[] NAME = "\nmessage-id:".getBytes(StandardCharsets.US_ASCII);

    private MessageIds() {}

    static String of(byte[] data) {
        for (int start = 0; start + NAME.length < data.length; start++) {
            if (startsWithName(data, start)) {
                int end = start + NAME.length;
                while (end < data.length && data[end] != '\r' && data[end] != '\n') {
                    end++;
                }
                int from = start + NAME.length;
                return new String(data, from, end - from, StandardCharsets.UTF_8).strip();
            }
            boolean emptyLine = data[start] == '\n' && data[start + 1] == '\r';
            if (emptyLine) {
                return "";
            }
        }
        return "";
    }

    private static boolean startsWithName(byte[] data, int start) {
        for (int at = 0; at < NAME.length; at++) {
            byte there = data[start + at];
            int lower = there >= 'A' && there <= 'Z' ? there + ('a' - 'A') : there;
            if (lower != NAME[at]) {
                return false;
            }
        }
        return true;
    }
}
