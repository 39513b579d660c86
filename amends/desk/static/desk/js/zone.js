// Where one is, the browser knows: fill the time zone in, unless something stands there already.
const field = document.querySelector("[data-own-zone] input");
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (field && !field.value && zone) field.value = zone;
