package io.campanile.grpc.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;

import io.campanile.grpc.call.RequestSyntax;
import io.campanile.v1.Execution;
import io.campanile.v1.TriggerAudienceRequest;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// What `docs/broadcasts.md` shows is what the API takes and answers.
class BroadcastDocumentationTest {
    private static final Pattern BLOCK = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);

    @Test
    void showsARequestAndAnAnswer() throws IOException {
        String page = Files.readString(Path.of("../docs/broadcasts.md"));
        List<String> blocks = BLOCK.matcher(page).results().map(block -> block.group(1)).toList();
        assertThat(blocks).hasSize(2);

        Message request = parsed(blocks.getFirst(), TriggerAudienceRequest.newBuilder());
        var syntax = new RequestSyntax(List.of(TriggerAudienceRequest.getDescriptor()));
        assertThat(syntax.check(request)).isEmpty();
        assertThat(parsed(blocks.getLast(), Execution.newBuilder()).isInitialized()).isTrue();
    }

    private static Message parsed(String json, Message.Builder message)
            throws InvalidProtocolBufferException {
        JsonFormat.parser().merge(json, message);
        return message.build();
    }
}
