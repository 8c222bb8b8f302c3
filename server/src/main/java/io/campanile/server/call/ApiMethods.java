package io.campanile.server.call;

import com.google.protobuf.Message;

import io.campanile.server.settings.Suggestion;
import io.campanile.v1.AccessServiceGrpc;
import io.campanile.v1.AudienceServiceGrpc;
import io.campanile.v1.CampaignServiceGrpc;
import io.campanile.v1.ChannelConfigurationServiceGrpc;
import io.campanile.v1.MessageServiceGrpc;
import io.campanile.v1.OperationServiceGrpc;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.RuleSetServiceGrpc;
import io.campanile.v1.SuppressionServiceGrpc;
import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/// The methods of the API by their names: `TriggerCampaign`, `TriggerService/TriggerCampaign`, with
/// or without the package in front.
public final class ApiMethods {
    private static final List<ServiceDescriptor> SERVICES =
            List.of(
                    CampaignServiceGrpc.getServiceDescriptor(),
                    ChannelConfigurationServiceGrpc.getServiceDescriptor(),
                    TriggerServiceGrpc.getServiceDescriptor(),
                    MessageServiceGrpc.getServiceDescriptor(),
                    ProfileServiceGrpc.getServiceDescriptor(),
                    SuppressionServiceGrpc.getServiceDescriptor(),
                    AudienceServiceGrpc.getServiceDescriptor(),
                    RuleSetServiceGrpc.getServiceDescriptor(),
                    OperationServiceGrpc.getServiceDescriptor(),
                    AccessServiceGrpc.getServiceDescriptor());

    private ApiMethods() {}

    /// The names without service, in the order of the protos.
    public static List<String> names() {
        return SERVICES.stream()
                .flatMap(service -> service.getMethods().stream())
                .map(ApiMethods::name)
                .toList();
    }

    /// For people: each service with its methods, one line a service.
    public static List<String> overview() {
        List<String> lines = new ArrayList<>();
        for (ServiceDescriptor service : SERVICES) {
            List<String> names = service.getMethods().stream().map(ApiMethods::name).toList();
            lines.add(simple(service.getName(), '.') + ": " + String.join(", ", names));
        }
        return lines;
    }

    /// Finds a method.
    ///
    /// @throws CallFailed when there is none of that name; it says which one may have been meant
    public static MethodDescriptor<Message, Message> find(String name) {
        var byName = new TreeMap<String, MethodDescriptor<?, ?>>(String.CASE_INSENSITIVE_ORDER);
        for (ServiceDescriptor service : SERVICES) {
            for (MethodDescriptor<?, ?> method : service.getMethods()) {
                byName.put(name(method), method);
                byName.put(simple(method.getFullMethodName(), '.'), method);
                byName.put(method.getFullMethodName(), method);
            }
        }
        MethodDescriptor<?, ?> found = byName.get(name.replace("Service.", "Service/"));
        if (found == null) {
            throw CallFailed.misused(name + " is not a method of the API" + hint(name, names()));
        }
        return ofMessages(found);
    }

    private static String hint(String name, Collection<String> names) {
        return Suggestion.closest(simple(name, '/'), names)
                .map(meant -> ": did you mean " + meant + "?")
                .orElse(": './campanile call --help' lists them");
    }

    private static String name(MethodDescriptor<?, ?> method) {
        return simple(method.getFullMethodName(), '/');
    }

    private static String simple(String name, char separator) {
        return name.substring(name.lastIndexOf(separator) + 1);
    }

    @SuppressWarnings("unchecked") // All generated methods speak protobuf messages.
    private static MethodDescriptor<Message, Message> ofMessages(MethodDescriptor<?, ?> method) {
        return (MethodDescriptor<Message, Message>) method;
    }
}
