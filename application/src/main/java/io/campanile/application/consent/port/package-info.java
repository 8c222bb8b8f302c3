/// Where consents are kept.
@org.jspecify.annotations.NullMarked
package io.campanile.application.consent.port;
