package io.campanile.grpc.resource;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Tells whether somebody sent the same again, however their library orders maps: SHA-256 over all
/// fields of a message and its type.
public final class MessageDigests {
    private MessageDigests() {}

    /// The 32 bytes.
    public static byte[] of(Message message) {
        try {
            byte[] bytes = new byte[message.getSerializedSize()];
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            out.useDeterministicSerialization();
            message.writeTo(out);
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(
                    message.getDescriptorForType().getFullName().getBytes(StandardCharsets.UTF_8));
            return digest.digest(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
