package io.campanile.server.call;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;

import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// An error of the API as people read it: what went wrong in the first line, its details below.
public final class ErrorText {
    private ErrorText() {}

    public static String of(StatusRuntimeException error) {
        List<String> lines = new ArrayList<>();
        String code = error.getStatus().getCode().name();
        // What the transport adds in further lines is for whoever debugs it.
        String message =
                String.valueOf(error.getStatus().getDescription()).lines().findFirst().orElse("");
        lines.add(error.getStatus().getDescription() == null ? code : code + ": " + message);
        Status status = StatusProto.fromThrowable(error);
        if (status != null) {
            for (Any detail : status.getDetailsList()) {
                lines.addAll(lines(detail));
            }
        }
        return String.join(System.lineSeparator() + "  ", lines);
    }

    private static List<String> lines(Any detail) {
        try {
            return known(detail);
        } catch (InvalidProtocolBufferException e) {
            return List.of("unreadable detail " + detail.getTypeUrl());
        }
    }

    private static List<String> known(Any detail) throws InvalidProtocolBufferException {
        List<String> lines = new ArrayList<>();
        if (detail.is(ErrorInfo.class)) {
            ErrorInfo info = detail.unpack(ErrorInfo.class);
            lines.add("reason " + info.getReason());
            new TreeMap<>(info.getMetadataMap())
                    .forEach((key, value) -> lines.add("%s %s".formatted(key, value)));
        } else if (detail.is(BadRequest.class)) {
            for (var fault : detail.unpack(BadRequest.class).getFieldViolationsList()) {
                String place = fault.getField().isEmpty() ? "" : "field " + fault.getField();
                lines.add(fault(place, fault.getDescription(), fault.getReason()));
            }
        } else if (detail.is(PreconditionFailure.class)) {
            for (var fault : detail.unpack(PreconditionFailure.class).getViolationsList()) {
                lines.add(fault(fault.getSubject(), fault.getDescription(), fault.getType()));
            }
        } else if (detail.is(RetryInfo.class)) {
            Duration delay = detail.unpack(RetryInfo.class).getRetryDelay();
            lines.add("try again in " + Durations.toString(delay));
        } else {
            lines.add("detail " + detail.getTypeUrl());
        }
        return lines;
    }

    /// What programs tell faults apart by comes behind what people read.
    private static String fault(String place, String description, String reason) {
        return (place.isEmpty() ? "" : place + ": ")
                + description
                + (reason.isEmpty() ? "" : " (" + reason + ")");
    }
}
