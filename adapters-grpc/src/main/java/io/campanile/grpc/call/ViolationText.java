package io.campanile.grpc.call;

import build.buf.protovalidate.Violation;

import io.campanile.v1.ViolationReason;

import java.util.Map;

/// Says in words what protovalidate says in regular expressions and numbers of enums.
final class ViolationText {
    private static final String REQUIRED = "is required";

    /// By the patterns in the protos but for those of names.
    private static final Map<String, String> WORDS =
            Map.ofEntries(
                    Map.entry(
                            "^[a-z][a-z0-9-]{0,62}$",
                            "must be 1 to 63 of a-z, 0-9 and -, and begin with a letter"),
                    Map.entry(
                            "^[A-Za-z][A-Za-z0-9_-]{0,62}$",
                            "must be 1 to 63 of A-Z, a-z, 0-9, _ and -, and begin with a letter"),
                    Map.entry(
                            "^[A-Za-z0-9._:-]{1,128}$",
                            "must be 1 to 128 of A-Z, a-z, 0-9, ., _, : and -"),
                    Map.entry("^[ -~]*$", "must be of printable ASCII characters"),
                    Map.entry("^[ -~]+$", "must be of printable ASCII characters"),
                    Map.entry("^[!-~]+$", "must be of printable ASCII characters but blanks"),
                    Map.entry("^[^\\x00]*$", "has a NUL character"),
                    Map.entry(
                            "^[^\\x00-\\x1F\\x7F]*$",
                            "has a control character, such as a line break"),
                    Map.entry(
                            "^[^\\s\\x00-\\x1F\\x7F]*$", "has white space or a control character"),
                    Map.entry(
                            "^([01][0-9]|2[0-3]):[0-5][0-9]$",
                            "must be a time of day such as 07:30"),
                    Map.entry(
                            "^[+][0-9 ()./-]+$",
                            "must be a number with + and the code of the country, such as +43 660"
                                    + " 1234567"),
                    Map.entry(
                            "^([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*)?$",
                            "must be a language tag such as de-AT"),
                    Map.entry(
                            "^([45]\\.[0-9]{1,3}\\.[0-9]{1,3})?$",
                            "must be an enhanced status code such as 5.1.1"),
                    Map.entry(
                            "^[A-Za-z0-9.:_-]*$",
                            "must be the name of a host or an IP address, with nothing around it"),
                    Map.entry(
                            "^([A-Za-z0-9.-]*|\\[[A-Za-z0-9.:-]+\\])$",
                            "must be the name of a host, or an IP address in brackets"),
                    Map.entry(
                            "^(context|profile)(\\.[\\p{L}_][\\p{L}\\p{M}\\p{N}_-]*(\\[\\])?)+$",
                            "must be a path such as context.order.items[].name"),
                    Map.entry(
                            "^[^.\\x00-\\x1F\\x7F]+([.][^.\\x00-\\x1F\\x7F]+)*$",
                            "must be a path such as address.city"),
                    Map.entry(
                            "^([^.\\x00-\\x20\\x7F0-9+-][^.\\x00-\\x1F\\x7F]*"
                                    + "([.][^.\\x00-\\x20\\x7F0-9+-][^.\\x00-\\x1F\\x7F]*)*)?$",
                            "must be a path such as contact.email, no part of which begins with a"
                                    + " blank, a digit, + or -"));

    private ViolationText() {}

    static String of(Violation violation, ViolationReason reason) {
        build.buf.validate.Violation proto = violation.toProto();
        boolean missing = reason == ViolationReason.VIOLATION_REASON_REQUIRED;
        if (missing && !isOfOneof(proto)) {
            return REQUIRED;
        }
        return violation.getRuleValue() != null
                        && violation.getRuleValue().getValue() instanceof String pattern
                        && proto.getRuleId().equals("string.pattern")
                ? words(pattern, proto.getMessage())
                : proto.getMessage();
    }

    /// A oneof has a name, and no number.
    private static boolean isOfOneof(build.buf.validate.Violation violation) {
        var path = violation.getField().getElementsList();
        return !path.isEmpty() && !path.getLast().hasFieldNumber();
    }

    static String words(String pattern, String otherwise) {
        return pattern.startsWith("^workspaces/")
                ? "must be " + form(pattern)
                : WORDS.getOrDefault(pattern, otherwise);
    }

    private static String form(String pattern) {
        return pattern.substring(1, pattern.length() - 1)
                        .replace("[a-z][a-z0-9-]{0,62}", "{id}")
                        .replace("[0-9a-f-]{36}", "{uuid}")
                        .replace("[1-9][0-9]{0,8}", "{number}")
                + ", an id 1 to 63 of a-z, 0-9 and -, a letter first";
    }
}
