package io.campanile.grpc.testing;

import static io.campanile.grpc.testing.GrpcWorld.OWN;

import com.google.protobuf.FieldMask;

import io.campanile.v1.ActivateChannelConfigurationRequest;
import io.campanile.v1.Category;
import io.campanile.v1.Channel;
import io.campanile.v1.ChannelConfiguration;
import io.campanile.v1.CreateChannelConfigurationRequest;
import io.campanile.v1.EmailSender;
import io.campanile.v1.SmtpProvider;
import io.campanile.v1.UpdateChannelConfigurationRequest;

import java.util.List;

/// A channel configuration to create, and calls for it.
public final class ChannelConfigurationCalls {
    public static final String RELAY = OWN + "/channelConfigurations/relay";
    public static final ChannelConfiguration GIVEN =
            ChannelConfiguration.newBuilder()
                    .setDisplayName("Relay")
                    .setChannel(Channel.CHANNEL_EMAIL)
                    .setCategory(Category.CATEGORY_TRANSACTIONAL)
                    .setEmail(EmailSender.newBuilder().setFromAddress("shop@example.com"))
                    .setSmtp(
                            SmtpProvider.newBuilder()
                                    .setHost("mail.example.com")
                                    .setUsername("shop")
                                    .setPassword("secret"))
                    .setBypassComplaints(true)
                    .build();

    private ChannelConfigurationCalls() {}

    public static CreateChannelConfigurationRequest.Builder relay() {
        return CreateChannelConfigurationRequest.newBuilder()
                .setParent(OWN)
                .setChannelConfigurationId("relay")
                .setChannelConfiguration(GIVEN);
    }

    public static UpdateChannelConfigurationRequest update(SmtpProvider smtp, String... paths) {
        return update(ChannelConfiguration.newBuilder().setSmtp(smtp), paths);
    }

    /// Without paths no mask is set.
    public static UpdateChannelConfigurationRequest update(
            ChannelConfiguration.Builder changed, String... paths) {
        var request =
                UpdateChannelConfigurationRequest.newBuilder()
                        .setChannelConfiguration(changed.setName(RELAY));
        if (paths.length > 0) {
            request.setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)));
        }
        return request.build();
    }

    public static ActivateChannelConfigurationRequest activate() {
        return ActivateChannelConfigurationRequest.newBuilder().setName(RELAY).build();
    }
}
