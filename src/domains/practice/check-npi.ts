/** Whether ten digits are a National Provider Identifier: Luhn over 80840 and the number. Source: CMS, NPI check digit. */
export function isNpi(text: string): boolean {
  if (!/^\d{10}$/.test(text)) return false
  const digits = [...`80840${text}`].reverse().map(Number)
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}
