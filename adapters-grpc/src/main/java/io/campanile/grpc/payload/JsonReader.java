package io.campanile.grpc.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;

import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.trigger.ViolationReason;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Turns the text of a JSON object into a map, exact for every number: whole ones become Long or
/// BigInteger, others BigDecimal.
public final class JsonReader {
    private static final String FIELD = "context_json";
    private static final String ROOT = "context";
    private static final int BRACKETS_BYTES = 3;

    /// Beyond this a number written out in full is longer than any person would read.
    private static final int LARGEST_EXPONENT = 400;

    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonParser parser;
    private final Allowance allowance;

    private JsonReader(JsonParser parser, Allowance allowance) {
        this.parser = parser;
        this.allowance = allowance;
    }

    public static Map<String, Object> read(String text, Allowance allowance) throws PayloadRefused {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("is not a JSON object");
            }
            Map<String, Object> context =
                    new JsonReader(parser, allowance).map(PayloadPath.of(ROOT));
            if (parser.nextToken() != null) {
                throw malformed("has something after its JSON object");
            }
            return context;
        } catch (StreamReadException e) {
            throw malformed(
                    "is not valid JSON at line %d, column %d"
                            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
        } catch (StreamConstraintsException _) {
            throw malformed(
                    "has a number of more than %d digits, or a name of more than %d characters"
                            .formatted(
                                    StreamReadConstraints.DEFAULT_MAX_NUM_LEN,
                                    StreamReadConstraints.DEFAULT_MAX_NAME_LEN));
        } catch (IOException _) {
            throw malformed("is not valid JSON");
        }
    }

    private static PayloadRefused malformed(String description) {
        return new PayloadRefused(
                new FieldViolation(FIELD, ViolationReason.CONTEXT_MALFORMED, description));
    }

    private Map<String, Object> map(PayloadPath path) throws IOException, PayloadRefused {
        allowance.take(BRACKETS_BYTES, path);
        Map<String, Object> map = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            PayloadPath inner = path.member(name);
            allowance.take(name, inner);
            if (map.containsKey(name)) {
                throw inner.refuse(ViolationReason.CONTEXT_MALFORMED, "stands there twice");
            }
            put(map, name, value(parser.nextToken(), inner));
        }
        return map;
    }

    @SuppressWarnings("NullAway") // A payload's values may be null; its type cannot say so.
    private static void put(Map<String, Object> map, String key, @Nullable Object value) {
        map.put(key, value);
    }

    private List<@Nullable Object> list(PayloadPath path) throws IOException, PayloadRefused {
        allowance.take(BRACKETS_BYTES, path);
        List<@Nullable Object> values = new ArrayList<>();
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            values.add(value(token, path.element(values.size())));
        }
        return values;
    }

    private @Nullable Object value(@Nullable JsonToken token, PayloadPath path)
            throws IOException, PayloadRefused {
        return switch (token) {
            case START_OBJECT -> map(path);
            case START_ARRAY -> list(path);
            case VALUE_STRING -> text(path);
            case VALUE_NUMBER_INT -> integer(path);
            case VALUE_NUMBER_FLOAT -> decimal(path);
            case VALUE_TRUE -> literal(true, path);
            case VALUE_FALSE -> literal(false, path);
            case VALUE_NULL -> literal(null, path);
            case null, default -> throw malformed("ends too early");
        };
    }

    private String text(PayloadPath path) throws IOException, PayloadRefused {
        String text = parser.getText();
        allowance.take(text, path);
        return text;
    }

    private Number integer(PayloadPath path) throws IOException, PayloadRefused {
        allowance.take(parser.getTextLength() + 1, path);
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            case BIG_INTEGER -> {
                requireReadable(parser.getTextLength(), path);
                yield parser.getBigIntegerValue();
            }
            default -> throw malformed("has a number of an unknown kind");
        };
    }

    private BigDecimal decimal(PayloadPath path) throws IOException, PayloadRefused {
        allowance.take(parser.getTextLength() + 1, path);
        BigDecimal number;
        try {
            number = parser.getDecimalValue();
        } catch (NumberFormatException _) {
            // The text is a number of JSON, whose exponent no BigDecimal has.
            throw unreadable(path);
        }
        requireReadable(Math.abs((long) number.precision() - number.scale()), path);
        requireReadable(Math.abs((long) number.scale()), path);
        return number;
    }

    private static void requireReadable(long digits, PayloadPath path) throws PayloadRefused {
        if (digits > LARGEST_EXPONENT) {
            throw unreadable(path);
        }
    }

    private static PayloadRefused unreadable(PayloadPath path) {
        return path.refuse(
                ViolationReason.OUT_OF_RANGE, "has more than " + LARGEST_EXPONENT + " digits");
    }

    private @Nullable Object literal(@Nullable Object value, PayloadPath path)
            throws PayloadRefused {
        allowance.take(parser.currentToken().asCharArray().length + 1, path);
        return value;
    }
}
