package io.campanile.server.call;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.RetryInfo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Messages as JSON, as protobuf writes them (field names in camelCase; both spellings are read).
final class Json {
    private static final JsonFormat.TypeRegistry DETAILS =
            JsonFormat.TypeRegistry.newBuilder()
                    .add(ErrorInfo.getDescriptor())
                    .add(BadRequest.getDescriptor())
                    .add(PreconditionFailure.getDescriptor())
                    .add(RetryInfo.getDescriptor())
                    .build();

    private Json() {}

    /// Reads one message for each object of the text, which is an object or a list of them.
    ///
    /// @param argument the text, or `@` and the name of a file with it (`@-`: standard input)
    static List<Message> read(String argument, Message prototype) {
        JsonElement json;
        try {
            json = JsonParser.parseString(text(argument));
        } catch (JsonParseException e) {
            throw CallFailed.misused("the request is not JSON: " + firstLine(e));
        }
        if (json instanceof JsonArray list) {
            return list.asList().stream().map(item -> message(item, prototype)).toList();
        }
        return List.of(message(json, prototype));
    }

    static String write(MessageOrBuilder message) {
        try {
            return JsonFormat.printer().usingTypeRegistry(DETAILS).print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("an answer that is no JSON", e);
        }
    }

    private static Message message(JsonElement json, Message prototype) {
        Message.Builder builder = prototype.newBuilderForType();
        try {
            JsonFormat.parser().merge(json.toString(), builder);
        } catch (InvalidProtocolBufferException e) {
            throw CallFailed.misused(
                    "the request is not a %s: %s"
                            .formatted(prototype.getDescriptorForType().getName(), firstLine(e)));
        }
        return builder.build();
    }

    private static String text(String argument) {
        if (!argument.startsWith("@")) {
            return argument;
        }
        try {
            if (argument.equals("@-")) {
                return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
            }
            return Files.readString(Path.of(argument.substring(1)));
        } catch (IOException e) {
            throw CallFailed.misused(argument.substring(1) + " cannot be read");
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
