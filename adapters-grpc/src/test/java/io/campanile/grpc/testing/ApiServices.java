package io.campanile.grpc.testing;

import com.google.protobuf.Message;

import io.campanile.v1.AccessServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServiceDescriptor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Every service of the API, found among what was generated, so that no test forgets a new one.
public final class ApiServices {
    private static final String PACKAGE = "io.campanile.v1";
    private static final String SUFFIX = "ServiceGrpc.class";

    private static final List<ServiceDescriptor> ALL = find();

    private ApiServices() {}

    public static List<ServiceDescriptor> all() {
        return ALL;
    }

    public static Stream<MethodDescriptor<?, ?>> methods() {
        return ALL.stream().flatMap(service -> service.getMethods().stream());
    }

    /// The empty request of a method.
    public static Message prototype(MethodDescriptor<?, ?> method) {
        if (method.getRequestMarshaller() instanceof PrototypeMarshaller<?> marshaller
                && marshaller.getMessagePrototype() instanceof Message prototype) {
            return prototype;
        }
        throw new IllegalArgumentException(method.getFullMethodName());
    }

    private static List<ServiceDescriptor> find() {
        try {
            Path place =
                    Path.of(
                            AccessServiceGrpc.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            if (Files.isDirectory(place)) {
                return find(place);
            }
            try (FileSystem jar = FileSystems.newFileSystem(place)) {
                return find(jar.getPath("/"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<ServiceDescriptor> find(Path root) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(PACKAGE.replace('.', '/')))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .sorted()
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .map(ApiServices::descriptor)
                    .toList();
        }
    }

    private static ServiceDescriptor descriptor(String name) {
        try {
            return (ServiceDescriptor)
                    Class.forName(PACKAGE + "." + name)
                            .getMethod("getServiceDescriptor")
                            .invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
