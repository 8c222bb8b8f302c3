/// Consents.
@org.jspecify.annotations.NullMarked
package io.campanile.application.consent;
