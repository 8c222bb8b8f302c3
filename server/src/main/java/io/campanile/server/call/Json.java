package io.campanile.server.call;

import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.RetryInfo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Messages as JSON, as protobuf writes them (field names in camelCase; both spellings are read).
final class Json {
    private static final JsonFormat.TypeRegistry DETAILS =
            JsonFormat.TypeRegistry.newBuilder()
                    .add(ErrorInfo.getDescriptor())
                    .add(BadRequest.getDescriptor())
                    .add(PreconditionFailure.getDescriptor())
                    .add(RetryInfo.getDescriptor())
                    .build();

    /// An escaped `<`, `>`, `&`, `=` or `'`, and the escaped backslashes before it.
    private static final Pattern ESCAPED =
            Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u(003[cde]|002[67])");

    private static final int HEX = 16;

    /// The fields of each type that are always shown.
    private static final Map<Descriptor, Set<FieldDescriptor>> TOLD = new ConcurrentHashMap<>();

    private Json() {}

    /// Reads one message for each object of the text, which is an object or a list of them.
    ///
    /// @param argument the text, or `@` and the name of a file with it (`@-`: standard input)
    static List<Message> read(String argument, Message prototype) {
        JsonElement json = RequestJson.read(text(argument));
        if (json instanceof JsonArray list) {
            return list.asList().stream().map(item -> message(item, prototype)).toList();
        }
        return List.of(message(json, prototype));
    }

    static String write(MessageOrBuilder message) {
        try {
            return legible(printer(message.getDescriptorForType()).print(message));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("an answer that is no JSON", e);
        }
    }

    /// The printer writes some characters as for a script in a page of HTML. Templates cannot be
    /// read so, and nobody can copy a command.
    private static String legible(String json) {
        return ESCAPED.matcher(json)
                .replaceAll(escaped ->
                        Matcher.quoteReplacement(
                                escaped.group(1) + (char) Integer.parseInt(escaped.group(2), HEX)));
    }

    /// What was counted or decided is shown when it is nothing, too: left out, it reads as unknown.
    private static JsonFormat.Printer printer(Descriptor type) {
        JsonFormat.Printer printer = JsonFormat.printer().usingTypeRegistry(DETAILS);
        Set<FieldDescriptor> told = TOLD.computeIfAbsent(type, Json::told);
        return told.isEmpty() ? printer : printer.includingDefaultValueFields(told);
    }

    private static Set<FieldDescriptor> told(Descriptor type) {
        var told = new HashSet<FieldDescriptor>();
        var seen = new HashSet<Descriptor>();
        var left = new ArrayDeque<>(List.of(type));
        while (!left.isEmpty()) {
            Descriptor next = left.remove();
            if (seen.add(next)) {
                for (FieldDescriptor field : next.getFields()) {
                    if (field.getJavaType() == JavaType.MESSAGE) {
                        left.add(field.getMessageType());
                    } else if (isTold(field)) {
                        told.add(field);
                    }
                }
            }
        }
        return told;
    }

    private static boolean isTold(FieldDescriptor field) {
        boolean countOrFlag =
                switch (field.getJavaType()) {
                    case INT, LONG, FLOAT, DOUBLE, BOOLEAN -> true;
                    case STRING, BYTE_STRING, ENUM, MESSAGE -> false;
                };
        return countOrFlag
                && !field.isRepeated()
                && !field.hasPresence()
                && field.getOptions()
                        .getExtension(FieldBehaviorProto.fieldBehavior)
                        .contains(FieldBehavior.OUTPUT_ONLY);
    }

    private static Message message(JsonElement json, Message prototype) {
        RequestValues.check(json, prototype.getDescriptorForType());
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
            byte[] bytes =
                    argument.equals("@-")
                            ? System.in.readAllBytes()
                            : Files.readAllBytes(Path.of(argument.substring(1)));
            // Letters of another encoding would be taken for others.
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            throw CallFailed.misused(argument.substring(1) + " is not written in UTF-8");
        } catch (IOException e) {
            throw CallFailed.misused(argument.substring(1) + " cannot be read");
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
