package io.campanile.grpc.payload;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// Turns maps into structures. Their numbers are doubles: larger whole numbers lose digits.
public final class StructWriter {
    private StructWriter() {}

    public static Struct write(Map<?, ?> values) {
        Struct.Builder struct = Struct.newBuilder();
        values.forEach((name, value) -> struct.putFields((String) name, value(value)));
        return struct.build();
    }

    private static Value value(@Nullable Object value) {
        Value.Builder proto = Value.newBuilder();
        return switch (value) {
            case null -> proto.setNullValue(NullValue.NULL_VALUE).build();
            case String text -> proto.setStringValue(text).build();
            case Boolean flag -> proto.setBoolValue(flag).build();
            case Number number -> proto.setNumberValue(number.doubleValue()).build();
            case Map<?, ?> map -> proto.setStructValue(write(map)).build();
            case Iterable<?> list -> proto.setListValue(list(list)).build();
            default -> throw new IllegalArgumentException("not a value: " + value.getClass());
        };
    }

    private static ListValue list(Iterable<?> values) {
        ListValue.Builder list = ListValue.newBuilder();
        values.forEach(value -> list.addValues(value(value)));
        return list.build();
    }
}
