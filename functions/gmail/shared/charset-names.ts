// The characters for the bytes 0x80 to 0xFF in charsets of DOS. The Encoding Standard does not have these charsets:
// https://www.iana.org/assignments/character-sets
const DOS: ReadonlyMap<string, string> = new Map([
  [
    'cp437',
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
      '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
  ],
  [
    'cp850',
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
      '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
  ],
  [
    'cp852',
    'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐' +
      '└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0',
  ],
]);

// The code pages whose names nameOfPage() cannot derive from the number.
const PAGES = pairs(
  '866 ibm866, 932 shift_jis, 936 gbk, 949 euc-kr, 950 big5, 1200 utf-16le, 10000 macintosh, 20127 us-ascii, ' +
    '20866 koi8-r, 21866 koi8-u, 38598 iso-8859-8-i, 50220 iso-2022-jp, 50221 iso-2022-jp, 51932 euc-jp, ' +
    '51936 gbk, 51949 euc-kr, 54936 gb18030, 65000 utf-7, 65001 utf-8, 874 windows-874',
);
// Other names of charsets, without hyphens or other marks, each followed by the name in the Encoding
// Standard. Oracle uses the last one.
const NAMES = pairs(
  'ansi windows-1252, euccn gbk, eucjp euc-jp, euckr euc-kr, hzgb2312 hz, iso2022jp iso-2022-jp, koi8r koi8-r, ' +
    'koi8u koi8-u, uhc euc-kr, unicode utf-16le, unicode11utf7 utf-7, we8mswin1252 windows-1252',
);
const PAGE = /^(?:cp|ms|ibm|oem|dos|win|windows|codepage)0*(\d{3,5})$/;
const ISO_8859 = /^(?:iso)?8859(\d{1,2})$/;
const LATIN = /^latin(\d{1,2})$/;
// The index is the number in a name such as `latin9`. The value is the part of ISO 8859, so `latin9` is ISO
// 8859-15.
const LATIN_PARTS = ['', '1', '2', '3', '4', '9', '10', '13', '14', '15', '16'];

/**
 * Converts a charset name of Windows, Java or Python, such as `Cp1252`, `EUC_KR` or `latin-1`, to the name in the
 * Encoding Standard. A code page that the standard does not have becomes a name such as `cp437`. Returns any other name
 * unchanged.
 * https://learn.microsoft.com/windows/win32/intl/code-page-identifiers
 * https://docs.oracle.com/en/java/javase/21/intl/supported-encodings.html
 */
export function standardName(name: string): string {
  const bare = name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/^x+/, '');
  const page = PAGE.exec(bare)?.[1];
  if (page !== undefined) return nameOfPage(page);
  const part = ISO_8859.exec(bare)?.[1] ?? LATIN_PARTS[Number(LATIN.exec(bare)?.[1] ?? 0)];
  return part ? `iso-8859-${part}` : (NAMES.get(bare) ?? name);
}

function pairs(list: string): ReadonlyMap<string, string> {
  return new Map(
    Array.from(list.matchAll(/([^\s,]+) ([^\s,]+)/g), ([, name = '', standard = '']) => [name, standard]),
  );
}

function nameOfPage(page: string): string {
  if (/^125\d$/.test(page)) return `windows-${page}`;
  const [, tens, ones] = /^28(59|60)(\d)$/.exec(page) ?? [];
  if (ones !== undefined) return `iso-8859-${tens === '60' ? '1' : ''}${ones}`;
  return PAGES.get(page) ?? `cp${page}`;
}

/** Decodes bytes in a charset of DOS. Returns undefined for any other charset. */
export function decodeDos(charset: string, bytes: Buffer): string | undefined {
  const upper = charset === 'cp858' ? DOS.get('cp850')?.replace('ı', '€') : DOS.get(charset);
  return (
    upper &&
    bytes.toString('latin1').replace(/[\x80-\xff]/g, (byte) => upper.charAt(byte.charCodeAt(0) - 0x80))
  );
}
