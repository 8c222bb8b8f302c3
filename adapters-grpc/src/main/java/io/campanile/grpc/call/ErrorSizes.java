package io.campanile.grpc.call;

import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.PreconditionFailure;

import io.campanile.v1.ViolationReason;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/// Cuts what an error says to what every client takes. An error travels in trailers, where its
/// details are in base 64 and its text may be three times as long as it is; of all trailers
/// together clients take 8 kB, unless they were told otherwise, and see nothing of an error that
/// has more.
final class ErrorSizes {
    /// How large details and their text may be, so that the trailers stay below 8 kB.
    private static final int MOST_BYTES = 5_080;

    /// What codes, types and reasons take of that: all but text, metadata and violations.
    private static final int FIXED_BYTES = 200;

    /// What comes before the bytes of an entry: of metadata, and of violations.
    private static final int PREFIX_BYTES = 8;

    private static final int OMITTED_BYTES = 64;
    private static final int LONGEST_TEXT = 256;
    private static final int LONGEST_FIELD = 1_024;
    private static final int LONGEST_DESCRIPTION = 512;
    private static final String ELLIPSIS = "…";

    private static final String OMITTED =
            ViolationReason.VIOLATION_REASON_OMITTED.name().substring("VIOLATION_REASON_".length());

    private ErrorSizes() {}

    static String text(String text) {
        return cut(text, LONGEST_TEXT);
    }

    static Map<String, String> metadata(Map<String, String> metadata) {
        return metadata.entrySet().stream()
                .collect(
                        Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, entry -> text(entry.getValue())));
    }

    /// The bytes that are left for violations.
    static int room(String text, Map<String, String> metadata) {
        int room = MOST_BYTES - FIXED_BYTES - size(text(text));
        for (Map.Entry<String, String> entry : metadata(metadata).entrySet()) {
            room -= size(entry.getKey()) + size(entry.getValue()) + PREFIX_BYTES;
        }
        return room;
    }

    /// As many violations as there is room for.
    ///
    /// @param bound what comes before the number of the others, where that may be higher
    static BadRequest badRequest(
            List<BadRequest.FieldViolation> violations, String bound, int room) {
        List<BadRequest.FieldViolation> cut =
                violations.stream()
                        .map(violation ->
                                violation.toBuilder()
                                        .setField(cut(violation.getField(), LONGEST_FIELD))
                                        .setDescription(
                                                cut(
                                                        violation.getDescription(),
                                                        LONGEST_DESCRIPTION))
                                        .build())
                        .toList();
        return BadRequest.newBuilder()
                .addAllFieldViolations(
                        fitting(
                                cut,
                                room,
                                omitted ->
                                        BadRequest.FieldViolation.newBuilder()
                                                .setReason(OMITTED)
                                                .setDescription(bound + more(omitted))
                                                .build()))
                .build();
    }

    static PreconditionFailure preconditions(
            List<PreconditionFailure.Violation> violations, int room) {
        List<PreconditionFailure.Violation> cut =
                violations.stream()
                        .map(violation ->
                                violation.toBuilder()
                                        .setSubject(cut(violation.getSubject(), LONGEST_FIELD))
                                        .setDescription(
                                                cut(
                                                        violation.getDescription(),
                                                        LONGEST_DESCRIPTION))
                                        .build())
                        .toList();
        return PreconditionFailure.newBuilder()
                .addAllViolations(
                        fitting(
                                cut,
                                room,
                                omitted ->
                                        PreconditionFailure.Violation.newBuilder()
                                                .setType(OMITTED)
                                                .setDescription(more(omitted))
                                                .build()))
                .build();
    }

    private static String more(int omitted) {
        return omitted + " more";
    }

    /// The first ones, as many as there is room for, and in place of the others how many they are.
    private static <V extends Message> List<V> fitting(
            List<V> violations, int most, IntFunction<V> ofOmitted) {
        int room = most - OMITTED_BYTES;
        List<V> fitting = new ArrayList<>();
        for (V violation : violations) {
            room -= violation.getSerializedSize() + PREFIX_BYTES;
            if (room < 0) {
                fitting.add(ofOmitted.apply(violations.size() - fitting.size()));
                return fitting;
            }
            fitting.add(violation);
        }
        return fitting;
    }

    /// The text, or its beginning in so many bytes of UTF-8.
    private static String cut(String text, int bytes) {
        if (text.length() <= bytes / 3 || size(text) <= bytes) {
            return text;
        }
        int room = bytes - size(ELLIPSIS);
        int end = 0;
        while (end < text.length()) {
            int next = text.offsetByCodePoints(end, 1);
            room -= size(text.substring(end, next));
            if (room < 0) {
                break;
            }
            end = next;
        }
        return text.substring(0, end) + ELLIPSIS;
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
