package io.campanile.grpc.payload;

import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.trigger.ViolationReason;

import org.jspecify.annotations.Nullable;

/// Where a value is, from the inside out; written out only when something is wrong there.
///
/// @param outer absent for the root
public record PayloadPath(@Nullable PayloadPath outer, String name, int index, int depth) {
    /// The deepest nesting. Protobuf messages nest at most 100 deep in most languages and a level
    /// of a structure takes three, so that callers of either form meet the same limit.
    public static final int LIMIT_DEPTH = 32;

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
        if (inner.depth > LIMIT_DEPTH) {
            throw refuse(ViolationReason.CONTEXT_TOO_LARGE, "is nested deeper than " + LIMIT_DEPTH);
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
