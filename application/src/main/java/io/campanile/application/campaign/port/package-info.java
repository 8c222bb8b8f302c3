/// Where campaigns are kept.
@org.jspecify.annotations.NullMarked
package io.campanile.application.campaign.port;
