package io.campanile.grpc.trigger;

import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.trigger.ViolationReason;

import org.jspecify.annotations.Nullable;

/// Where a value is, from the inside out; written out only when something is wrong there.
///
/// @param outer absent for the root
record PayloadPath(@Nullable PayloadPath outer, String name, int index, int depth) {
    private static final int LONGEST_NAME = 64;

    static PayloadPath of(String root) {
        return new PayloadPath(null, root, -1, 0);
    }

    /// The root alone.
    PayloadPath root() {
        PayloadPath path = this;
        while (path.outer != null) {
            path = path.outer;
        }
        return path;
    }

    PayloadPath member(String member) throws PayloadRefused {
        return deeper(new PayloadPath(this, member, -1, depth + 1));
    }

    PayloadPath element(int element) throws PayloadRefused {
        return deeper(new PayloadPath(this, "", element, depth + 1));
    }

    private PayloadPath deeper(PayloadPath inner) throws PayloadRefused {
        if (inner.depth > Payloads.LIMIT_DEPTH) {
            throw refuse(
                    ViolationReason.CONTEXT_TOO_LARGE,
                    "is nested deeper than " + Payloads.LIMIT_DEPTH);
        }
        return inner;
    }

    PayloadRefused refuse(ViolationReason reason, String description) {
        return new PayloadRefused(new FieldViolation(toString(), reason, description));
    }

    @Override
    public String toString() {
        if (outer == null) {
            return name;
        }
        return index >= 0 ? outer + "[" + index + "]" : outer + "." + shown(name);
    }

    private static String shown(String name) {
        String head = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
        return head.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    }
}
