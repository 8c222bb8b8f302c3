package io.campanile.grpc.payload;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;

import io.campanile.domain.trigger.ViolationReason;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Turns structures into maps. Their numbers are doubles: the ones that are whole and exact become
/// longs, so that 3 is written as `3`.
public final class StructReader {
    private static final double EXACT = 0x1p53;
    private static final int NUMBER_BYTES = 9;
    private static final int LITERAL_BYTES = 5;
    private static final int BRACKETS_BYTES = 3;

    private final Allowance allowance;

    private StructReader(Allowance allowance) {
        this.allowance = allowance;
    }

    public static Map<String, Object> read(String root, Struct struct, Allowance allowance)
            throws PayloadRefused {
        return new StructReader(allowance).map(struct, PayloadPath.of(root));
    }

    private Map<String, Object> map(Struct struct, PayloadPath path) throws PayloadRefused {
        allowance.take(BRACKETS_BYTES, path);
        Map<String, Object> map = LinkedHashMap.newLinkedHashMap(struct.getFieldsCount());
        for (Map.Entry<String, Value> field : struct.getFieldsMap().entrySet()) {
            PayloadPath inner = path.member(field.getKey());
            allowance.take(field.getKey(), inner);
            put(map, field.getKey(), value(field.getValue(), inner));
        }
        return map;
    }

    @SuppressWarnings("NullAway") // A payload's values may be null; its type cannot say so.
    private static void put(Map<String, Object> map, String key, @Nullable Object value) {
        map.put(key, value);
    }

    private List<@Nullable Object> list(ListValue list, PayloadPath path) throws PayloadRefused {
        allowance.take(BRACKETS_BYTES, path);
        List<@Nullable Object> values = new ArrayList<>(list.getValuesCount());
        for (int i = 0; i < list.getValuesCount(); i++) {
            values.add(value(list.getValues(i), path.element(i)));
        }
        return values;
    }

    private @Nullable Object value(Value value, PayloadPath path) throws PayloadRefused {
        return switch (value.getKindCase()) {
            case STRING_VALUE -> text(value.getStringValue(), path);
            case NUMBER_VALUE -> number(value.getNumberValue(), path);
            case BOOL_VALUE -> literal(value.getBoolValue(), path);
            case STRUCT_VALUE -> map(value.getStructValue(), path);
            case LIST_VALUE -> list(value.getListValue(), path);
            case NULL_VALUE, KIND_NOT_SET -> literal(null, path);
        };
    }

    private String text(String text, PayloadPath path) throws PayloadRefused {
        allowance.take(text, path);
        return text;
    }

    private @Nullable Object literal(@Nullable Object value, PayloadPath path)
            throws PayloadRefused {
        allowance.take(LITERAL_BYTES, path);
        return value;
    }

    private Object number(double number, PayloadPath path) throws PayloadRefused {
        allowance.take(NUMBER_BYTES, path);
        if (!Double.isFinite(number)) {
            throw path.refuse(ViolationReason.OUT_OF_RANGE, "is not a finite number");
        }
        if (number == Math.rint(number) && Math.abs(number) <= EXACT) {
            return (long) number;
        }
        return number;
    }
}
