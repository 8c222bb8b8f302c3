package io.campanile.grpc.call;

import build.buf.protovalidate.Violation;

import io.campanile.v1.ViolationReason;

import java.util.Map;

/// Says in words what protovalidate says in regular expressions and numbers of enums.
final class ViolationText {
    private static final String REQUIRED = "is required";

    /// By the patterns in the protos.
    private static final Map<String, String> WORDS =
            Map.of(
                    "^[a-z][a-z0-9-]{0,62}$",
                    "must be 1 to 63 of a-z, 0-9 and -, and begin with a letter",
                    "^[A-Za-z][A-Za-z0-9_-]{0,62}$",
                    "must be 1 to 63 of A-Z, a-z, 0-9, _ and -, and begin with a letter",
                    "^[A-Za-z0-9._:-]{1,128}$",
                    "must be 1 to 128 of A-Z, a-z, 0-9, ., _, : and -",
                    "^[ -~]*$",
                    "must be of printable ASCII characters",
                    "^[^\\x00-\\x1F\\x7F]*$",
                    "has a control character, such as a line break",
                    "^([01][0-9]|2[0-3]):[0-5][0-9]$",
                    "must be a time of day such as 07:30",
                    "^[+][0-9 ()./-]+$",
                    "must be a number with + and the code of the country, such as +43 660 1234567",
                    "^([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*)?$",
                    "must be a language tag such as de-AT",
                    "^([45]\\.[0-9]{1,3}\\.[0-9]{1,3})?$",
                    "must be an enhanced status code such as 5.1.1");

    private ViolationText() {}

    static String of(Violation violation, ViolationReason reason) {
        build.buf.validate.Violation proto = violation.toProto();
        String rule = proto.getRuleId();
        boolean ofPattern = rule.equals("string.pattern");
        boolean missing = reason == ViolationReason.VIOLATION_REASON_REQUIRED;
        if (missing && (ofPattern || rule.equals("enum.not_in"))) {
            return REQUIRED;
        }
        return ofPattern ? words(violation, proto.getMessage()) : proto.getMessage();
    }

    private static String words(Violation violation, String otherwise) {
        Violation.FieldValue rule = violation.getRuleValue();
        if (rule == null || !(rule.getValue() instanceof String pattern)) {
            return otherwise;
        }
        return pattern.startsWith("^workspaces/")
                ? "must be a name such as " + example(pattern)
                : WORDS.getOrDefault(pattern, otherwise);
    }

    private static String example(String pattern) {
        return pattern.substring(1, pattern.length() - 1)
                .replace("[a-z][a-z0-9-]{0,62}", "ID")
                .replace("[0-9a-f-]{36}", "UUID")
                .replace("[1-9][0-9]{0,8}", "NUMBER");
    }
}
