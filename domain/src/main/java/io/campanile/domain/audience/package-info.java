/// Groups of people that campaigns are sent to.
@org.jspecify.annotations.NullMarked
package io.campanile.domain.audience;
